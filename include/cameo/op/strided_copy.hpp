// Copies between tensors and regular parts of them, on which Slice, Transpose, Expand, Concat and Tile are built.
#pragma once
#include <cameo/op/layer.hpp>

namespace cameo::inline CAMEO_TARGET {

/// Where the elements of a tensor lie: that at a position is at offset + the sum of position[axis] * strides[axis].
struct strided_layout {
    dim offset = 0;
    per_axis strides{};

    constexpr dim operator()(const per_axis& at, int rank) const { return offset + dot(at, strides, rank); }
};

/// Returns the axis along which a row runs: the last, or the first that a scalar would have.
constexpr int row_axis(const shape& s) { return s.rank > 0 ? s.rank - 1 : 0; }

/// Calls visit(at, length) for each row of a tensor, in row-major order: its elements along the last axis from position
/// `at` on.
template <class Visit>
constexpr void for_each_row(const shape& s, Visit visit)
{
    if (s.count() == 0) {
        return;
    }
    shape rows = s;
    rows.rank = row_axis(s);
    per_axis at{};
    do {
        visit(at, s.count(rows.rank, s.rank));
    } while (advance(at, rows));
}

/// Copies `extents` elements from where one layout places them to where another does.
template <class T>
constexpr void strided_copy(const shape& extents, std::span<const T> source, const strided_layout& from,
    std::span<T> target, const strided_layout& to)
{
    const std::size_t row = index(row_axis(extents));
    for_each_row(extents, [&](const per_axis& at, dim length) {
        const dim read = from(at, extents.rank), write = to(at, extents.rank);
        for (dim i = 0; i < length; ++i) {
            target[index(write + i * to.strides[row])] = source[index(read + i * from.strides[row])];
        }
    });
}

}  // namespace cameo::inline CAMEO_TARGET
