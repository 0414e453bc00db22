// Counts the parameters of a model by the nodes that read them.
#include "import/parameters.hpp"
#include "model/bodies.hpp"

namespace cameo::generator {

void count_parameters(import_context& all, const onnx::NodeProto& proto, const source_node& n, int number)
{
    dim count = 0;
    bool constant = n.operand_count() > 0 && !has_bodies(proto);
    for (const value* v : n.all_operands()) {
        constant = constant && (!v || v->data || v->parameters);
        count += v ? v->parameters.value_or(0) : 0;
    }
    const bool is_weight =
        proto.op_type() == "Constant" && proto.output_size() > 0 && all.weights.constants.contains(proto.output(0));
    for (value* v : n.results()) {
        if (v && is_weight) {
            v->parameters = v->type.shape.count();
        } else if (v && constant && !v->parameters) {
            v->parameters = count;
        }
    }
    auto& of_nodes = all.result.graph.parameters_of_nodes;
    of_nodes.resize(static_cast<std::size_t>(all.nodes));
    if (!constant) {
        of_nodes[static_cast<std::size_t>(number)] = count;
    }
}

}  // namespace cameo::generator
