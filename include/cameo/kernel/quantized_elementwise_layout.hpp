// Which storage the fast path of elementwise expressions on quantized numbers takes. The generator plans by it; the
// kernel requires it.
#pragma once
#include <cameo/kernel/elementwise_layout.hpp>
#include <cameo/kernel/layouts.hpp>
#include <cameo/op/quantized_elementwise.hpp>

namespace cameo::inline CAMEO_TARGET {

constexpr bool stored_alike(const quantized_elementwise_spec& s, const tensor_type& y)
{
    return stored_alike(s.on_floats(), y);
}

constexpr int overwritten_operand(const quantized_elementwise_spec& s, const tensor_type& y)
{
    for (int i = 0; i < s.x.count && stored_alike(s, y); ++i) {
        if (s.x[i] == y) {
            return i;
        }
    }
    return -1;
}

constexpr layouts wanted_layouts(const quantized_elementwise_spec& s, const layer_context&)
{
    return detail::continue_blocks(s.x, result(s));
}

}  // namespace cameo::inline CAMEO_TARGET
