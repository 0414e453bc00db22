// Imports an ONNX model: its initializers, inputs, nodes and outputs, in this order, and reports all that stands in the
// way.
#include "import/import.hpp"
#include "import/context.hpp"
#include "import/inputs.hpp"
#include "import/main_inputs.hpp"
#include "import/nodes.hpp"
#include "import/source_node.hpp"
#include "support/nearest.hpp"

namespace cameo::generator {

namespace {

/// Records what the graph says of the file that it comes from.
void describe_file(import_context& all)
{
    graph& g = all.result.graph;
    g.name = all.file.proto.graph().name();
    g.digest = all.file.digest;
    g.files = files_of(all.file);
    g.file_parameters = all.weights.elements;
    g.opset = opset_of(all.file.proto.opset_import(), "");
    for (const auto& property : all.file.proto.metadata_props()) {
        g.metadata.emplace_back(property.key(), property.value());
    }
}

/// Reports what is wrong with the file as a whole.
void report_whole(import_context& all)
{
    for (const std::string& problem : opset_problems(all.file)) {
        all.report({}, problem);
    }
}

/// Imports the outputs. Counts of those whose size depends on the data become further outputs, behind all others.
void import_outputs(import_context& all, scope& in)
{
    graph& g = all.result.graph;
    std::vector<std::pair<value*, std::string>> counts;
    for (const auto& output : all.file.proto.graph().output()) {
        const std::string& name = output.name();
        all.attempt({}, [&] {
            value* v = output_of(all, name, in);
            if (in.builder.parts_of(v)) {
                throw unsupported("output '{}' is a sequence: values that a network gives are tensors", name);
            }
            g.add_output(v, name);
            if (v->extent) {
                counts.emplace_back(v->extent->count, name + "_extent");
            }
        });
    }
    for (const auto& [count, name] : counts) {
        if (std::find(g.outputs().begin(), g.outputs().end(), count) == g.outputs().end()) {
            g.add_output(count, name);
        }
    }
}

void report_unused_bounds(import_context& all, const bounds& b)
{
    for (const auto& [name, unused] : b.given) {
        if (!b.used.contains(name)) {
            all.report({}, fmt::format("--bound {}: no value of this name has an axis of which the data decide how "
                                       "much is there{}. There {}",
                               name, did_you_mean(name, b.known),
                               b.known.empty() ? "is none" : "are " + quoted_list(b.known, "")));
        }
    }
}

/// Removes duplicates: each iteration of a loop and each call of a function reports the same diagnostic.
void remove_duplicates(std::vector<diagnostic>& diagnostics)
{
    std::set<std::tuple<std::string, std::string, std::string>> said;
    std::erase_if(
        diagnostics, [&](const diagnostic& d) { return !said.emplace(d.node, d.operator_type, d.reason).second; });
}

}  // namespace

import_result import(const model& m, const bindings& b, const operator_table& operators)
{
    import_context all(m, b, operators);
    describe_file(all);
    report_whole(all);
    *all.result.graph.left = budget_for(m, b);
    bounds capacities{b.bounds};
    graph_builder builder(all.result.graph, m.path.parent_path(), b, capacities);
    scope names(builder, m.proto.opset_import());
    import_initializers(all, m.proto.graph(), names);
    import_inputs(all, names);
    import_nodes(all, m.proto.graph().node(), names);
    import_outputs(all, names);
    report_unused_bounds(all, capacities);
    remove_duplicates(all.result.diagnostics);
    all.result.values = names.names();
    return std::move(all.result);
}

}  // namespace cameo::generator
