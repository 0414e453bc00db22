// The lanes of blocked storage beyond the last channel: they hold zeros, so that nothing infinite meets the zeros of a filter.
#pragma once
#include <cameo/core/placement.hpp>
#include <cameo/op/elementwise.hpp>
#include <algorithm>

namespace cameo::detail {

template <program P>
inline constexpr auto at_zeros = interpret<float>(P, std::array<float, program::max_operands>{});

/// Does the program give 0 where all operands are 0? No, where the compiler cannot tell: not every function is constexpr everywhere.
template <program P>
concept keeps_zeros = requires { typename std::bool_constant<interpret<float>(P, std::array<float, program::max_operands>{}) == 0.0f>; } && at_zeros<P> == 0.0f;

constexpr int channel_axis(const tensor_type& t) { return t.shape.rank > 1 ? 1 : 0; }

/// Zeroes those lanes of a blocked value.
template <tensor_type Type, class T>
void clear_padding(T* data)
{
    constexpr stored_extents e(Type);
    constexpr halo around = Type.storage.halo;
    constexpr dim used = Type.shape[channel_axis(Type)] - (e.channel_blocks - 1) * e.block;
    if constexpr (Type.storage.arrangement == arrangement::blocked && used < e.block)
        for (dim n = 0; n < e.batch; ++n)
            for (dim row = around.top; row < e.rows - around.bottom; ++row) {
                T* const first = data + ((n + 1) * e.channel_blocks - 1) * e.plane() + row * e.row();
                for (dim column = around.left; column < e.columns - around.right; ++column)
                    std::fill(first + column * e.block + used, first + (column + 1) * e.block, T(0));
            }
}

}  // namespace cameo::detail
