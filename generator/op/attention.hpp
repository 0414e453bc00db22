// Declares what Attention and FlexAttention share.
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

/// Multiplies for each head of the keys, and scales. The queries of all heads that share a key head are rows of one
/// matrix.
value* product_by_heads(source_node& n, value* left, value* right, const attention_sizes& sizes, double scale = 1);

/// Reads attribute softmax_precision, an element type of floats.
element softmax_precision(const source_node& n, element otherwise);

}  // namespace cameo::generator
