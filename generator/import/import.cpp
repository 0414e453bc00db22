// Walks an ONNX model in topological order and imports each node by its operator's function, collecting every
// diagnostic.
#include "import/import.hpp"
#include "import/function.hpp"
#include "import/inputs.hpp"
#include "import/operator_table.hpp"
#include "import/order.hpp"
#include "model/bodies.hpp"
#include "model/float16.hpp"
#include "model/weights.hpp"
#include "support/failure.hpp"
#include "support/nearest.hpp"
#include <cameo/core/type_name.hpp>

namespace cameo::generator {

namespace {

/// Implements import(): holds the graph, its names and the diagnostics found so far.
class importer {
public:
    importer(const model& m, const bindings& b, const operator_table& operators)
        : model_(m), bindings_(b), operators_(operators), functions_(m.proto), bounds_{b.bounds},
          builder_(result_.graph, m.path.parent_path(), b.training, bounds_), scope_(builder_, m.proto.opset_import())
    {
    }

    import_result run()
    {
        const auto& proto = model_.proto.graph();
        result_.graph.name = proto.name();
        result_.graph.digest = model_.digest;
        result_.graph.files = files_of(model_);
        *result_.graph.left = budget_for(model_, bindings_);
        weights_ = weights_of(model_.proto);
        result_.graph.file_parameters = weights_.elements;
        for (const auto& property : model_.proto.metadata_props()) {
            result_.graph.metadata.emplace_back(property.key(), property.value());
        }
        if (bindings_.float16 == float16_use::refuse) {
            result_.diagnostics = float16_computations(model_);
        }
        for (const std::string& problem : opset_problems(model_)) {
            report({}, problem);
        }
        result_.graph.opset = opset_of(scope_.opsets, "");
        add_initializers(proto, scope_);
        for (const auto& v : proto.input()) {
            attempt({}, [&] { add_input(v); });
        }
        report_unused_bindings();
        add_nodes(proto.node(), scope_);
        for (const auto& v : proto.output()) {
            add_output(v.name());
        }
        add_counts();
        report_unused_bounds();
        keep_each_obstacle_once();
        result_.values = scope_.names();
        return std::move(result_);
    }

private:
    class bodies_within;

    void report(const origin& where, const std::string& reason)
    {
        result_.diagnostics.push_back({where.name, where.operator_type, where.opset, reason});
    }

    template <class Work>
    void attempt(const origin& where, Work work)
    {
        try {
            work();
        } catch (const too_many_nodes& f) {
            if (depth_ > 0) {
                throw;
            }
            report(where, f.what());
            ended_ = true;
        } catch (const failure& f) {
            report(where, f.what());
        } catch (const incomplete&) {
        }
    }

    void add_initializers(const onnx::GraphProto& proto, scope& to)
    {
        for (const auto& t : proto.initializer()) {
            to.set(t.name(), nullptr);
            attempt({}, [&] {
                value* v = to.builder.add_constant(t.name(), to.builder.decode(t));
                v->parameters = elements_of(t);
                to.set(t.name(), v);
            });
        }
    }

    void add_input(const onnx::ValueInfoProto& v)
    {
        if (const auto bound = bindings_.constants.find(v.name()); bound != bindings_.constants.end()) {
            scope_.set(v.name(), nullptr);
            check_bound(v, bound->second.type);
            value* data = builder_.add_constant(v.name(), bound->second);
            data->parameters = data->type.shape.count();
            if (!is_initializer(v.name())) {
                result_.graph.file_parameters += *data->parameters;
            }
            scope_.set(v.name(), data);
            return;
        }
        if (const auto initial = scope_.find(v.name())) {
            return add_default(v.name(), *initial);
        }
        scope_.set(v.name(), nullptr);
        const tensor_type type = input_type(v, bindings_);
        value* input = builder_.add_input(v.name(), type);
        if (const int axis = streamed_axis(v, bindings_); axis >= 0 && axis < type.shape.rank) {
            result_.graph.time_axes[input] = axis;
        }
        scope_.set(v.name(), input);
    }

    /// Makes an input with a default a constant, unless the user says that it may be overridden.
    void add_default(const std::string& name, value* initial)
    {
        defaults_.push_back(name);
        if (!initial || !(bindings_.overridable.contains(name) || bindings_.overridable.contains("*"))) {
            return;
        }
        scope_.set(name, result_.graph.add_overridable_input(name, *initial->data));
    }

    bool is_initializer(const std::string& name) const
    {
        const auto& all = model_.proto.graph().initializer();
        return std::any_of(all.begin(), all.end(), [&](const auto& t) { return t.name() == name; });
    }

    void report_unused_bindings()
    {
        for (const std::string& name : bindings_.overridable) {
            if (name == "*" ? defaults_.empty()
                            : std::find(defaults_.begin(), defaults_.end(), name) == defaults_.end()) {
                report({}, fmt::format("--overridable {}: the model has no such input with a default (an initializer "
                                       "that is an input too){}. It has {}",
                               name, did_you_mean(name, defaults_), quoted_list(defaults_, "none")));
            }
        }
        for (const std::string& problem : unknown_names(model_.proto.graph(), bindings_)) {
            report({}, problem);
        }
        if (!bindings_.streamed.empty() && result_.graph.time_axes.empty()) {
            report({},
                fmt::format("--stream {}: no input has this axis; an axis without a name is INPUT:NUMBER. Inputs: {}",
                    *bindings_.streamed.begin(), described_inputs(model_.proto.graph())));
        }
    }

    void add_nodes(const google::protobuf::RepeatedPtrField<onnx::NodeProto>& nodes, scope& in)
    {
        const auto known = [&](const std::string& name) { return in.knows(name); };
        const auto problem = [&](const onnx::NodeProto& n, const std::string& reason) {
            report(origin_of(n, in), reason);
        };
        for (const int i : running_order(nodes, known, problem)) {
            if (!ended_) {
                add_node(nodes[i], in);
            }
        }
    }

    /// Describes where a node comes from. A node without a name is called by its first result.
    static origin origin_of(const onnx::NodeProto& n, const scope& in, int number = -1)
    {
        return {n.name().empty() && n.output_size() ? n.output(0) : n.name(), qualified_name(n.domain(), n.op_type()),
            opset_of(in.opsets, n.domain()), number};
    }

    void add_node(const onnx::NodeProto& proto, scope& in)
    {
        const origin here = origin_of(proto, in, nodes_++);
        in.builder.current = here;
        attempt(here, [&] { in.builder.left().add_node(); });
        if (ended_) {
            return;
        }
        for (const auto& name : proto.output()) {
            if (!name.empty()) {
                in.set(name, nullptr);
            }
        }
        if (bindings_.custom.takes(proto)) {
            return add_source(proto, here, in, [&](source_node& n) { n.become(bindings_.custom.make(proto)); });
        }
        if (const auto* function = functions_.find(proto)) {
            return attempt(here, [&] { call(*function, proto, in); });
        }
        const operator_entry* entry = operators_.find(here.operator_type);
        if (!entry) {
            return report(here, "this operator is not supported: a type of your own can take its place, with --custom");
        }
        if (here.opset < entry->versions.front()) {
            return report(here, fmt::format("is supported from opset {}", entry->versions.front()));
        }
        if (const int newest = newest_opset(proto.domain()); here.opset > newest) {
            return report(here, fmt::format("opsets up to {} are supported", newest));
        }
        add_source(proto, here, in, [&](source_node& n) {
            entry->import(n);
            n.refuse_what_is_not_known();
        });
    }

    /// Finds the operands of a node; null if one is absent. Throws incomplete if its maker was already reported.
    static std::vector<value*> operands_of(const onnx::NodeProto& proto, scope& in)
    {
        std::vector<value*> operands;
        for (const auto& name : proto.input()) {
            operands.push_back(name.empty() ? nullptr : in.find(name).value_or(nullptr));
            if (!name.empty() && !operands.back()) {
                throw incomplete{};
            }
        }
        return operands;
    }

    /// Imports a node: `become` turns it into operations, whose results get the names in the file.
    template <class Become>
    void add_source(const onnx::NodeProto& proto, const origin& here, scope& in, Become become);

    /// Counts the parameters of the file that a node reads. A value that follows from constants passes its count on to
    /// its reader.
    void count_parameters(const onnx::NodeProto& proto, const source_node& n, int number)
    {
        dim count = 0;
        bool constant = n.operand_count() > 0 && !has_bodies(proto);
        for (const value* v : n.all_operands()) {
            constant = constant && (!v || v->data || v->parameters);
            count += v ? v->parameters.value_or(0) : 0;
        }
        if (proto.op_type() == "Constant") {
            for (value* v : n.results()) {
                if (v && weights_.constants.contains(proto.output(0))) {
                    v->parameters = v->type.shape.count();
                }
            }
        }
        if (constant) {
            for (value* v : n.results()) {
                if (v && !v->parameters) {
                    v->parameters = count;
                }
            }
        }
        auto& of_nodes = result_.graph.parameters_of_nodes;
        of_nodes.resize(static_cast<std::size_t>(nodes_));
        if (!constant) {
            of_nodes[static_cast<std::size_t>(number)] = count;
        }
    }

    /// Inlines a call: the nodes of the function take its place.
    void call(const onnx::FunctionProto& function, const onnx::NodeProto& proto, scope& in)
    {
        const nesting deeper(*this, &function);
        const dim copied = static_cast<dim>(function.ByteSizeLong());
        in.builder.left().spend(copied, 0);
        scope own(in.builder, function.opset_import());
        const std::vector<value*> operands = operands_of(proto, in);
        if (proto.input_size() > function.input_size()) {
            throw unsupported("{} operands, but its function takes {}", proto.input_size(), function.input_size());
        }
        for (int k = 0; k < function.input_size(); ++k) {
            own.set(function.input(k), k < proto.input_size() ? operands[static_cast<std::size_t>(k)] : nullptr);
        }
        add_nodes(nodes_of_call(function, proto), own);
        for (int k = 0; k < proto.output_size(); ++k) {
            if (k >= function.output_size()) {
                throw unsupported("{} results, but its function gives {}", proto.output_size(), function.output_size());
            }
            if (!proto.output(k).empty()) {
                name_result(proto.output(k), result_of(function.output(k), own), in);
            }
        }
    }

    /// Finds an output of a graph by its name; throws incomplete if its maker was already reported.
    value* result_of(const std::string& name, scope& in)
    {
        const auto found = in.find(name);
        if (!found && result_.diagnostics.empty()) {
            throw unsupported("output '{}': no node makes it", name);
        }
        if (!found || !*found) {
            throw incomplete{};
        }
        return *found;
    }

    static void name_result(const std::string& name, value* v, scope& in)
    {
        if (v->producer()) {
            v->name = name;
        }
        in.set(name, v);
    }

    void add_output(const std::string& name)
    {
        attempt({}, [&] {
            value* v = result_of(name, scope_);
            result_.graph.add_output(v, name);
            if (v->extent) {
                counts_.emplace_back(v->extent->count, name + "_extent");
            }
        });
    }

    /// Appends the counts of outputs whose size depends on the data as further outputs.
    void add_counts()
    {
        for (const auto& [count, name] : counts_) {
            if (std::find(result_.graph.outputs().begin(), result_.graph.outputs().end(), count) !=
                result_.graph.outputs().end()) {
                continue;
            }
            result_.graph.add_output(count, name);
        }
    }

    /// Removes duplicates: each iteration of a loop and each call of a function reports the same diagnostic.
    void keep_each_obstacle_once()
    {
        std::set<std::tuple<std::string, std::string, std::string>> said;
        std::erase_if(result_.diagnostics,
            [&](const diagnostic& o) { return !said.emplace(o.node, o.operator_type, o.reason).second; });
    }

    void report_unused_bounds()
    {
        for (const auto& [name, unused] : bounds_.given) {
            if (!bounds_.used.contains(name)) {
                report({}, fmt::format("--bound {}: no value of this name has an axis of which the data decide how "
                                       "much is there{}. There {}",
                               name, did_you_mean(name, bounds_.known),
                               bounds_.known.empty() ? "is none" : "are " + quoted_list(bounds_.known, "")));
            }
        }
    }

    /// Guards one level of nested graphs and functions. Throws unsupported if a function calls itself, or if they are
    /// nested too deeply.
    class nesting {
    public:
        explicit nesting(importer& in, const onnx::FunctionProto* called = nullptr) : in_(in)
        {
            constexpr int deepest = 100;
            if (called && std::find(in.calls_.begin(), in.calls_.end(), called) != in.calls_.end()) {
                throw unsupported("the function '{}' calls itself: {}", name_of(*called), path_to(*called));
            }
            if (in.depth_ >= deepest) {
                throw unsupported("functions, branches and bodies are within each other more than {} deep", deepest);
            }
            ++in_.depth_;
            in_.calls_.push_back(called);
        }
        ~nesting()
        {
            --in_.depth_;
            in_.calls_.pop_back();
        }
        nesting(const nesting&) = delete;
        nesting& operator=(const nesting&) = delete;

    private:
        static std::string name_of(const onnx::FunctionProto& f)
        {
            return f.domain().empty() ? f.name() : f.domain() + ":" + f.name();
        }
        /// Lists the calls from the function back to itself.
        std::string path_to(const onnx::FunctionProto& called) const
        {
            std::string text;
            for (auto f = std::find(in_.calls_.begin(), in_.calls_.end(), &called); f != in_.calls_.end(); ++f) {
                if (*f) {
                    text += name_of(**f) + " calls ";
                }
            }
            return text + name_of(called);
        }

        importer& in_;
    };

    const model& model_;
    const bindings& bindings_;
    const operator_table& operators_;
    const function_table functions_;
    int depth_ = 0;                                  ///< of graphs and functions around the node that is imported
    std::vector<const onnx::FunctionProto*> calls_;  ///< that are within each other; null for a branch or body
    bool ended_ = false;                             ///< no more nodes are left to be imported
    import_result result_;
    std::vector<std::pair<value*, std::string>> counts_;  ///< of outputs of which the data decide how much is there
    file_weights weights_;
    int nodes_ = 0;                      ///< how many there were so far
    std::vector<std::string> defaults_;  ///< inputs that have one
    bounds bounds_;
    graph_builder builder_;
    scope scope_;
};

/// Imports the graphs that a node contains (branches of If, bodies of Loop and Scan) in the scope around it.
class importer::bodies_within : public body_importer {
public:
    bodies_within(importer& all, scope& outer) : all_(all), outer_(outer) {}

    std::vector<value*> inlined(const onnx::GraphProto& proto, const std::vector<value*>& inputs) override
    {
        const nesting deeper(all_);
        const origin here = outer_.builder.current;
        scope own(outer_.builder, outer_);
        std::vector<value*> outputs = add_all(proto, own, inputs);
        outer_.builder.current = here;
        return outputs;
    }

    bool within(dim nodes, const std::function<bool()>& work) override
    {
        const origin here = outer_.builder.current;
        const std::size_t diagnostics = all_.result_.diagnostics.size();
        try {
            const budget::allowance at_most(outer_.builder.left(), nodes);
            return work();
        } catch (const past_allowance&) {
            outer_.builder.current = here;
            all_.result_.diagnostics.resize(diagnostics);
            return false;
        }
    }

    body nested(std::string role, const onnx::GraphProto& proto, const operation::types& inputs) override
    {
        const nesting deeper(all_);
        body b{std::make_unique<graph>(), {}};
        b.network->left = all_.result_.graph.left;
        b.network->is_nested = true;
        b.network->name = std::move(role);
        b.network->opset = all_.result_.graph.opset;
        graph_builder builder(*b.network, outer_.builder.directory(), outer_.builder.training, outer_.builder.bounds);
        scope own(builder, outer_);
        std::vector<value*> given;
        for (std::size_t k = 0; k < inputs.size(); ++k) {
            given.push_back(builder.add_input(
                k < static_cast<std::size_t>(proto.input_size()) ? proto.input(static_cast<int>(k)).name() : "",
                inputs[k]));
        }
        const std::vector<value*> outputs = add_all(proto, own, given);
        for (std::size_t k = 0; k < outputs.size(); ++k) {
            value* v = outputs[k];
            b.network->add_output(v, proto.output(static_cast<int>(k)).name());
            builder.constant(v);  // a condition may follow from constants
            if (v->extent) {
                throw unsupported(
                    "the data decide how much of its output '{}' is there, which a branch or body cannot hand on",
                    v->name);
            }
        }
        b.captured = own.captured();
        return b;
    }

private:
    std::vector<value*> add_all(const onnx::GraphProto& proto, scope& own, const std::vector<value*>& inputs)
    {
        if (static_cast<std::size_t>(proto.input_size()) != inputs.size()) {
            throw unsupported(
                "graph '{}' has {} inputs, {} are given", proto.name(), proto.input_size(), inputs.size());
        }
        for (std::size_t k = 0; k < inputs.size(); ++k) {
            own.set(proto.input(static_cast<int>(k)).name(), inputs[k]);
        }
        all_.add_initializers(proto, own);
        all_.add_nodes(proto.node(), own);
        std::vector<value*> outputs;
        for (const auto& v : proto.output()) {
            outputs.push_back(all_.result_of(v.name(), own));
        }
        return outputs;
    }

    importer& all_;
    scope& outer_;
};

template <class Become>
void importer::add_source(const onnx::NodeProto& proto, const origin& here, scope& in, Become become)
{
    attempt(here, [&] {
        bodies_within bodies(*this, in);
        source_node source(in.builder, bodies, proto, here.opset, operands_of(proto, in));
        become(source);
        count_parameters(proto, source, here.number);
        for (int k = 0; k < proto.output_size(); ++k) {
            if (proto.output(k).empty()) {
                continue;
            }
            value* v = source.results()[static_cast<std::size_t>(k)];
            if (!v) {
                throw unsupported("output {} is not supported", k);
            }
            name_result(proto.output(k), v, in);
        }
    });
}

}  // namespace

import_result import(const model& m, const bindings& b, const operator_table& operators)
{
    return importer(m, b, operators).run();
}

}  // namespace cameo::generator
