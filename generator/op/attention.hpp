// Declares what the operators of attention share: ONNX's two, and those that onnxruntime's optimizers write.
#pragma once
#include "import/source_node.hpp"

namespace cameo::generator {

/// The sizes of one attention; keys include those of the past.
struct attention_sizes {
    dim batch, query_heads, heads, queries, keys, past;
};

/// Returns the sizes of queries, keys and values, each batch x heads x positions x numbers. Throws unsupported if they
/// do not fit together.
attention_sizes sizes_of_attention(const value* q, const value* k, const value* v, dim past);

/// Takes batch x positions x numbers of all heads apart, to batch x heads x positions x numbers.
value* split_into_heads(source_node& n, value* v, dim heads);
/// Does the reverse.
value* join_heads(source_node& n, value* v);
/// Concatenates the keys or values of the past, if there is one, and of this call.
value* with_past(source_node& n, value* past, value* now);
/// Bounds scores by attribute softcap, if the node has it.
value* capped(source_node& n, value* scores);

/// Multiplies for each head of the keys, and scales. The queries of all heads that share a key head are rows of one
/// matrix.
value* product_by_heads(source_node& n, value* left, value* right, const attention_sizes& sizes, double scale = 1);

/// Returns softmax(scale Q Kᵀ + bias) V, by heads; every query must see a key. The scores are capped before the bias.
value* attend(source_node& n, value* q, value* k, value* v, value* bias);

/// Reads attribute softmax_precision, an element type of floats.
element softmax_precision(const source_node& n, element otherwise);

}  // namespace cameo::generator
