// Declares what com.microsoft's Attention shares with its quantized form.
#pragma once
#include "import/source_node.hpp"

namespace cameo::generator {

/// Returns what is added to scores of batch x heads x queries x keys: the bias; mask_filter_value where a mask hides a
/// key, which is given as lengths, or lengths and first keys, or 0 and 1 for batch x keys or batch x queries x keys;
/// the lowest number for later keys if attribute unidirectional is set. Null if that is nothing.
value* bias_of_mask(source_node& n, value* mask, value* bias, const shape& scores, element type);

/// Refuses a past that lies in the same memory as the present, and rotation.
void refuse_shared_buffers(const source_node& n);

/// Makes the node an attention with these queries, keys and values by heads; keys and values of the past are one value.
void become_attention(source_node& n, value* q, value* k, value* v, value* past, value* mask, value* bias);

}  // namespace cameo::generator
