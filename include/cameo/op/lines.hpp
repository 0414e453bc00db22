// Iterates over the lines of a tensor along one axis, for operators that work along an axis.
#pragma once
#include <cameo/core/shape.hpp>

namespace cameo::inline CAMEO_TARGET {

/// Where the elements of one line lie in a dense tensor.
struct line {
    dim first = 0;
    dim step = 1;
    constexpr std::size_t operator[](dim k) const { return index(first + k * step); }
};

/// All lines along an axis, in row-major order of the other axes: shapes that differ on this axis only have the same
/// lines.
struct lines {
    dim count = 0;
    dim extent = 0;  ///< elements of a line
    dim step = 0;

    constexpr lines(const shape& s, int axis)
        : count(s.count(0, axis) * s.count(axis + 1, s.rank)), extent(s[axis]), step(s.count(axis + 1, s.rank))
    {
    }
    constexpr line operator[](dim n) const { return {n / step * step * extent + n % step, step}; }
};

}  // namespace cameo::inline CAMEO_TARGET
