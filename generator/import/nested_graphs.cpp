// Imports the graphs within a node: into the graph around it, or as networks of their own.
#include "import/nested_graphs.hpp"
#include "import/nodes.hpp"
#include "import/source_node.hpp"

namespace cameo::generator {

std::vector<value*> nested_graphs::inlined(const onnx::GraphProto& proto, const std::vector<value*>& inputs)
{
    const nesting::level deeper(all_.nesting);
    const origin here = outer_.builder.current;
    scope own(outer_.builder, outer_);
    std::vector<value*> outputs = import_all(proto, own, inputs);
    outer_.builder.current = here;
    return outputs;
}

bool nested_graphs::within(dim nodes, const std::function<bool()>& work)
{
    const origin here = outer_.builder.current;
    const std::size_t diagnostics = all_.result.diagnostics.size();
    try {
        const budget::allowance at_most(outer_.builder.left(), nodes);
        return work();
    } catch (const past_allowance&) {
        outer_.builder.current = here;
        all_.result.diagnostics.resize(diagnostics);
        return false;
    }
}

body nested_graphs::nested(std::string role, const onnx::GraphProto& proto, const operation::types& inputs)
{
    const nesting::level deeper(all_.nesting);
    const graph& whole = all_.result.graph;
    body b{std::make_unique<graph>(), {}};
    b.network->left = whole.left;
    b.network->is_nested = true;
    b.network->name = std::move(role);
    b.network->opset = whole.opset;
    graph_builder builder(*b.network, outer_.builder);
    scope own(builder, outer_);
    std::vector<value*> given;
    for (std::size_t k = 0; k < inputs.size(); ++k) {
        const int i = static_cast<int>(k);
        given.push_back(builder.add_input(i < proto.input_size() ? proto.input(i).name() : "", inputs[k]));
    }
    const std::vector<value*> outputs = import_all(proto, own, given);
    for (std::size_t k = 0; k < outputs.size(); ++k) {
        value* v = outputs[k];
        if (builder.parts_of(v)) {
            throw unsupported("its output '{}' is a sequence, which a branch or body cannot hand on at run time",
                proto.output(static_cast<int>(k)).name());
        }
        b.network->add_output(v, proto.output(static_cast<int>(k)).name());
        builder.constant(v);  // a condition may follow from constants
        if (v->extent) {
            throw unsupported("the data decide how much of its output '{}' is there, which a branch or body cannot "
                              "hand on",
                v->name);
        }
    }
    b.captured = own.captured();
    return b;
}

std::vector<value*> nested_graphs::import_all(
    const onnx::GraphProto& proto, scope& own, const std::vector<value*>& inputs)
{
    if (static_cast<std::size_t>(proto.input_size()) != inputs.size()) {
        throw unsupported("graph '{}' has {} inputs, {} are given", proto.name(), proto.input_size(), inputs.size());
    }
    for (std::size_t k = 0; k < inputs.size(); ++k) {
        own.set(proto.input(static_cast<int>(k)).name(), inputs[k]);
    }
    import_initializers(all_, proto, own);
    import_nodes(all_, proto.node(), own);
    std::vector<value*> outputs;
    for (const auto& v : proto.output()) {
        outputs.push_back(output_of(all_, v.name(), own));
    }
    return outputs;
}

}  // namespace cameo::generator
