// Applies the rewrites to a model and its nested graphs until nothing changes, then writes inferred types.
#include "simplify/simplify.hpp"
#include "model/bodies.hpp"
#include "op/list.hpp"
#include "simplify/encode.hpp"
#include "simplify/inferred_types.hpp"
#include "simplify/rewrites.hpp"
#include "support/skipped_passes.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

/// Adds the values that a body reads from outside as initializers or inputs, where their type is known.
void add_outside(onnx::GraphProto& body, const std::set<std::string>& outside, const facts& known)
{
    for (const std::string& name : outside) {
        const auto type = known.type(name);
        if (const tensor* data = known.constant(name)) {
            *body.add_initializer() = encoded(name, *data);
        } else if (type) {
            write_type(*body.add_input(), name, *type);
        }
    }
}

void remove_outside(onnx::GraphProto& body, const std::set<std::string>& outside)
{
    const auto remove = [&](auto& all) {
        all.erase(
            std::remove_if(all.begin(), all.end(), [&](const auto& each) { return outside.contains(each.name()); }),
            all.end());
    };
    remove(*body.mutable_initializer());
    remove(*body.mutable_input());
}

/// Counts nodes of known operators that cannot be imported. A branch that is never taken at these sizes may be
/// inconsistent, which shows only once its conditions are known. onnxruntime does not load such a body, so it stays as
/// it is.
std::size_t contradictions(const model& m, bindings given)
{
    if (const auto sizes = sample_sizes(m, given); !sizes.empty()) {
        given.dims.insert(sizes.front().begin(), sizes.front().end());
    }
    const auto diagnostics = import(m, given, operators()).diagnostics;
    return index(std::count_if(diagnostics.begin(), diagnostics.end(),
        [](const diagnostic& o) { return operators().entries().contains(o.operator_type); }));
}

/// Rewrites a graph and its bodies. A body is rewritten as a model of its own.
class simplifier {
public:
    explicit simplifier(const simplify_options& options) : options_(options) {}

    void run(model& m, const bindings& given) const
    {
        std::set<std::string> taken;
        add_all_names(m.proto.graph(), taken);
        unique_names names(std::move(taken), 1);
        run(m, given, names, false);
    }

private:
    /// Rewrites until nothing changes, and returns whether anything did. A body shares the names of the whole file.
    bool run(model& m, const bindings& given, unique_names& names, bool is_body) const
    {
        bool changed = false;
        const std::vector<axis_extents> sizes = sample_sizes(m, given);
        // Each rewrite leaves less to do, so the loop ends; the limit guards against an oversight.
        for (int round = 0; round < 100; ++round) {
            const facts known(m, given, sizes);
            const bool progress = rewrite_once(m, known, names, is_body) || rewrite_bodies(m, known, names);
            changed = changed || progress;
            if (!progress) {
                break;
            }
        }
        return changed;
    }

    bool rewrite_once(model& m, const facts& known, unique_names& names, bool is_body) const
    {
        bool changed = false;
        source_graph g(*m.proto.mutable_graph(), known, opset_of(m.proto.opset_import(), ""), names, is_body);
        for (const rewrite& r : rewrites()) {
            if (!options_.skip.contains(std::string(r.name)) && (options_.fuse || !r.fuses)) {
                changed |= r.run(g);
            }
        }
        g.finish();
        return changed;
    }

    bool rewrite_bodies(model& m, const facts& known, unique_names& names) const
    {
        bool changed = false;
        for (auto& n : *m.proto.mutable_graph()->mutable_node()) {
            each_body(n, [&](onnx::GraphProto& body) { changed |= rewrite_body(m, body, known, names); });
        }
        return changed;
    }

    bool rewrite_body(const model& around, onnx::GraphProto& body, const facts& known, unique_names& names) const
    {
        model inner;
        inner.path = around.path;
        inner.proto.set_ir_version(around.proto.ir_version());
        *inner.proto.mutable_opset_import() = around.proto.opset_import();
        *inner.proto.mutable_graph() = body;
        const std::set<std::string> outside = taken_from_outside(body);
        add_outside(*inner.proto.mutable_graph(), outside, known);
        bindings given;
        given.training = options_.bindings.training;
        given.budget = options_.bindings.budget;
        const std::size_t before = contradictions(inner, given);
        if (!run(inner, given, names, true) || contradictions(inner, given) > before) {
            return false;
        }
        body = std::move(*inner.proto.mutable_graph());
        remove_outside(body, outside);
        return true;
    }

    const simplify_options& options_;
};

/// Returns the bindings that the importer still needs: shapes are in the model by now.
bindings for_import(const bindings& given)
{
    bindings b;
    b.training = given.training;
    b.budget = given.budget;
    b.custom = given.custom;
    return b;
}

/// Throws failure if nothing makes an output.
void require_outputs(const onnx::GraphProto& g)
{
    const std::set<std::string> defined = definitions(g);
    for (const auto& v : g.output()) {
        if (!defined.contains(v.name())) {
            throw failure("output '{}': no node makes it", printable(v.name()));
        }
    }
}

}  // namespace

void simplify(model& m, const simplify_options& options)
{
    require_passes(options.skip, rewrites());
    require_outputs(m.proto.graph());
    fix_inputs(m, options.bindings, options.keep_dynamic);
    if (options.bindings.training == training::inference) {
        choose_inference(*m.proto.mutable_graph());
    }
    const bindings given = for_import(options.bindings);
    if (options.optimize) {
        simplifier(options).run(m, given);
    }
    write_types(*m.proto.mutable_graph(), facts(m, given, sample_sizes(m, given)), options.infer_shapes);
}

}  // namespace cameo::generator
