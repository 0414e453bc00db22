// Zeroes the lanes of blocked storage beyond the last channel, so that no infinity meets the zeros of a filter.
#pragma once
#include <algorithm>
#include <cameo/core/placement.hpp>
#include <cameo/op/elementwise.hpp>

namespace cameo::inline CAMEO_TARGET::detail {

/// Tells whether the expression gives 0 if all operands are 0. False if the compiler cannot tell: not every function is
/// constexpr everywhere.
template <elementwise_expression P>
concept keeps_zeros = requires {
    typename std::enable_if_t<interpret<float>(P, std::array<float, elementwise_expression::max_operands>{}) == 0.0f>;
};

/// Zeroes those lanes of a blocked value.
template <tensor_type Type, class T>
void clear_padding(T* data)
{
    constexpr stored_extents e(Type);
    if constexpr (is_blocked(Type) && e.channels % block != 0) {
        for (dim n = 0; n < e.batch; ++n) {
            for (dim row = 0; row < e.rows; ++row) {
                for (dim column = 0; column < e.columns; ++column) {
                    std::fill_n(data + e.place(n, e.channels, row, column), block - e.channels % block, T(0));
                }
            }
        }
    }
}

}  // namespace cameo::inline CAMEO_TARGET::detail
