// Imports FlexAttention: attention whose scores and weights graphs of the node change.
#include "import/operator_table.hpp"
#include "op/attention.hpp"
#include "op/composition.hpp"
#include <cameo/op/elementwise.hpp>
#include <cameo/op/matmul.hpp>
#include <cameo/op/softmax.hpp>
#include <cmath>

namespace cameo::generator {

namespace {

/// Applies the graph of an attribute, if there is one.
value* changed(source_node& n, const char* name, value* v)
{
    if (!n.has(name)) {
        return v;
    }
    const onnx::GraphProto& graph = n.graph_proto(name);
    if (graph.input_size() != 1 || graph.output_size() != 1) {
        throw unsupported("attribute '{}' must be a graph with one input and one output, found {} and {}", name,
            graph.input_size(), graph.output_size());
    }
    value* y = n.bodies().inlined(graph, {v})[0];
    if (y->type.plain() != v->type.plain()) {
        throw unsupported("attribute '{}' must be a graph that keeps the type, found {} from {}", name,
            to_string(y->type), to_string(v->type));
    }
    return y;
}

void import_flex_attention(source_node& n)
{
    value *q = n.required_operand(0), *k = n.required_operand(1), *v = n.required_operand(2);
    for (const value* operand : {q, k, v}) {
        if (operand->type.shape.rank != 4) {
            throw unsupported("queries, keys and values must have 4 axes, found {}", to_string(operand->type));
        }
    }
    const attention_sizes sizes = sizes_of_attention(q, k, v, 0);
    const element type = q->type.element, precision = softmax_precision(n, computed_in(type));
    const double scale = n.number("scale", 1 / std::sqrt(static_cast<double>(q->type.shape[3])));
    value* scores = cast(n, product_by_heads(n, q, transposed(n, k, {0, 1, 3, 2}), sizes, scale), precision);
    scores = changed(n, "score_mod", scores);
    value* weights = changed(n, "prob_mod", n.add<softmax_spec>({.first = 3, .last = 4}, {scores})[0]);
    n.set_result(0, cast(n, product_by_heads(n, weights, cast(n, v, precision), sizes), type));
}

}  // namespace

void add_flex_attention(operator_table& table)
{
    table.add_of_domain<floating_elements, matmul_spec, softmax_spec, elementwise_spec>(
        "ai.onnx.preview", "FlexAttention", {1}, import_flex_attention);
}

}  // namespace cameo::generator
