// Copies boxes of blocked values row by row, for Concat and Slice along whole blocks.
#pragma once
#include <algorithm>
#include <cameo/core/placement.hpp>

namespace cameo::inline CAMEO_TARGET::detail {

/// Copies the box of `extents` elements along each axis at `from` in x to `to` in y. Channels begin at whole blocks in
/// both.
template <tensor_type X, tensor_type Y, class T>
void copy_box(const shape& extents, const T* x, const per_axis& from, T* y, const per_axis& to)
{
    constexpr stored_extents source(X), target(Y);
    constexpr int rank = Y.shape.rank;
    const dim rows = rank > 3 ? extents[2] : 1, columns = rank > 2 ? extents[rank - 1] : 1;
    const T* const first = x + haloed_offset(X, from);
    T* const place = y + haloed_offset(Y, to);
    for (dim n = 0; n < extents[0]; ++n) {
        for (dim c = 0; c < extents[1]; c += block) {
            for (dim row = 0; row < rows; ++row) {
                std::copy_n(first + source.distance(n, c, row), columns * block, place + target.distance(n, c, row));
            }
        }
    }
}

}  // namespace cameo::inline CAMEO_TARGET::detail
