// Imports nodes in topological order, each by its operator's function; the nodes of a function take the place of a
// call.
#include "import/nodes.hpp"
#include "import/nested_graphs.hpp"
#include "import/operator_table.hpp"
#include "import/parameters.hpp"
#include "model/weights.hpp"

namespace cameo::generator {

namespace {

/// Describes where a node comes from. A node without a name is called by its first result.
origin origin_of(const onnx::NodeProto& n, const scope& in, int number = -1)
{
    return {n.name().empty() && n.output_size() ? n.output(0) : n.name(), qualified_name(n.domain(), n.op_type()),
        opset_of(in.opsets, n.domain()), number};
}

/// Finds the operands of a node; null if one is absent. Throws incomplete if its maker was already reported.
std::vector<value*> operands_of(const onnx::NodeProto& proto, scope& in)
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

void name_result(const std::string& name, value* v, scope& in)
{
    if (v->producer()) {
        v->name = name;
    }
    in.set(name, v);
}

/// Imports a node: `become` turns it into operations, whose results get the names in the file.
void import_as(import_context& all, const onnx::NodeProto& proto, const origin& here, scope& in,
    const std::function<void(source_node&)>& become)
{
    nested_graphs bodies(all, in);
    source_node source(in.builder, bodies, proto, here.opset, operands_of(proto, in));
    become(source);
    count_parameters(all, proto, source, here.number);
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
}

/// Inlines a call: the nodes of the function take its place.
void inline_call(import_context& all, const onnx::FunctionProto& function, const onnx::NodeProto& proto, scope& in)
{
    const nesting::level deeper(all.nesting, &function);
    in.builder.left().spend(static_cast<dim>(function.ByteSizeLong()), 0);
    scope own(in.builder, function.opset_import());
    const std::vector<value*> operands = operands_of(proto, in);
    if (proto.input_size() > function.input_size()) {
        throw unsupported("{} operands, but its function takes {}", proto.input_size(), function.input_size());
    }
    for (int k = 0; k < function.input_size(); ++k) {
        own.set(function.input(k), k < proto.input_size() ? operands[static_cast<std::size_t>(k)] : nullptr);
    }
    import_nodes(all, nodes_of_call(function, proto), own);
    for (int k = 0; k < proto.output_size(); ++k) {
        if (k >= function.output_size()) {
            throw unsupported("{} results, but its function gives {}", proto.output_size(), function.output_size());
        }
        if (!proto.output(k).empty()) {
            name_result(proto.output(k), output_of(all, function.output(k), own), in);
        }
    }
}

/// Says how a file can do without an operator of this domain.
std::string_view advice(const std::string& domain)
{
    if (is_standard_domain(domain)) {
        return "; if ONNX defines it by other operators, onnx.inliner.inline_selected_functions() puts these into the "
               "file (docs/guide.md, Operators that are newer than cameo)";
    }
    if (domain == "com.microsoft") {
        return "; onnxruntime's tools write it: optimize the file at level ORT_ENABLE_BASIC, quantize it with "
               "QuantFormat.QDQ";
    }
    if (domain.starts_with("com.microsoft.") || domain.starts_with("com.ms.")) {
        return "; onnxruntime writes it for one kind of processor: optimize the file at level ORT_ENABLE_EXTENDED or "
               "below";
    }
    return "";
}

/// Finds the operator of a node. Throws unsupported if there is none of its opset.
const operator_entry& entry_of(const import_context& all, const onnx::NodeProto& proto, const origin& here)
{
    const operator_entry* entry = all.operators.find(here.operator_type);
    if (!entry) {
        throw unsupported("this operator is not supported: a type of your own can take its place, with --custom{}",
            advice(proto.domain()));
    }
    if (here.opset < entry->versions.front()) {
        throw unsupported("is supported from opset {}", entry->versions.front());
    }
    if (const int newest = newest_opset(proto.domain()); here.opset > newest) {
        throw unsupported("opsets up to {} are supported", newest);
    }
    return *entry;
}

void import_node(import_context& all, const onnx::NodeProto& proto, const origin& here, scope& in)
{
    if (all.given.custom.takes(proto)) {
        return import_as(all, proto, here, in, [&](source_node& n) { n.become(all.given.custom.make(proto)); });
    }
    if (const auto* function = all.functions.find(proto)) {
        return inline_call(all, *function, proto, in);
    }
    const operator_entry& entry = entry_of(all, proto, here);
    import_as(all, proto, here, in, [&](source_node& n) {
        entry.import(n);
        n.refuse_what_is_not_known();
    });
}

}  // namespace

void import_initializers(import_context& all, const onnx::GraphProto& proto, scope& to)
{
    for (const auto& t : proto.initializer()) {
        to.set(t.name(), nullptr);
        all.attempt({}, [&] {
            value* v = to.builder.add_constant(t.name(), to.builder.decode(t));
            v->parameters = elements_of(t);
            to.set(t.name(), v);
        });
    }
}

void import_nodes(import_context& all, const node_list& nodes, scope& in)
{
    const auto known = [&](const std::string& name) { return in.knows(name); };
    const auto problem = [&](const onnx::NodeProto& n, const std::string& reason) {
        all.report(origin_of(n, in), reason);
    };
    for (const int i : running_order(nodes, known, problem)) {
        if (all.ended) {
            return;
        }
        const onnx::NodeProto& proto = nodes[i];
        const origin here = origin_of(proto, in, all.nodes++);
        in.builder.current = here;
        for (const auto& name : proto.output()) {
            if (!name.empty()) {
                in.set(name, nullptr);
            }
        }
        all.attempt(here, [&] {
            in.builder.left().add_node();
            import_node(all, proto, here, in);
        });
    }
}

value* output_of(const import_context& all, const std::string& name, scope& in)
{
    const auto found = in.find(name);
    if (!found && all.result.diagnostics.empty()) {
        throw unsupported("output '{}': no node makes it", name);
    }
    if (!found || !*found) {
        throw incomplete{};
    }
    return *found;
}

}  // namespace cameo::generator
