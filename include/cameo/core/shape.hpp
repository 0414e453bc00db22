// Shapes: the extents of a tensor, outermost first.
#pragma once
#include <array>
#include <cameo/core/target.hpp>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>

namespace cameo::inline CAMEO_TARGET {

/// An extent, an index or a count. Signed, as in ONNX, so that pads and steps can be negative.
using dim = std::int64_t;

inline constexpr int max_rank = 8;

/// One number per axis, as attributes hold them.
using per_axis = std::array<dim, max_rank>;

constexpr std::size_t index(dim i) { return static_cast<std::size_t>(i); }

/// Multiplies sizes, with the largest number as the result of an overflow. Sizes of a file may be anything until they
/// are checked, so all are multiplied here.
template <class... Dim>
constexpr dim saturating_product(dim first, Dim... more)
{
    const auto times = [](dim a, dim b) {
        dim result = 0;
        return __builtin_mul_overflow(a, b, &result) ? std::numeric_limits<dim>::max() : result;
    };
    ((first = times(first, more)), ...);
    return first;
}

/// Adds two sizes in the same way.
constexpr dim saturating_sum(dim a, dim b)
{
    dim result = 0;
    return __builtin_add_overflow(a, b, &result) ? std::numeric_limits<dim>::max() : result;
}

/// Dimensions, outermost first. A structural type: usable as a template argument.
struct shape {
    per_axis extent{};
    int rank = 0;

    constexpr shape() = default;
    constexpr shape(std::initializer_list<dim> extents)
    {
        for (dim e : extents) {
            append(e);
        }
    }

    constexpr dim operator[](int axis) const { return extent[index(axis)]; }
    constexpr dim& operator[](int axis) { return extent[index(axis)]; }
    constexpr void append(dim e) { extent[index(rank++)] = e; }

    /// Multiplies the extents of axes [first, last); 1 for an empty range, the largest number on overflow.
    constexpr dim count(int first, int last) const
    {
        dim n = 1;
        for (int axis = first; axis < last; ++axis) {
            n = saturating_product(n, (*this)[axis]);
        }
        return n;
    }
    constexpr dim count() const { return count(0, rank); }

    friend constexpr bool operator==(const shape&, const shape&) = default;
};

/// The most elements that a tensor may have; products and sums of a few such extents do not overflow.
inline constexpr dim max_count = dim{1} << 40;

/// Tells whether this can be the shape of a tensor: no negative extent, at most max_count elements.
constexpr bool countable(const shape& s)
{
    dim n = 1;
    for (int axis = 0; axis < s.rank; ++axis) {
        if (s[axis] < 0 || s[axis] > max_count || (s[axis] > 0 && n > max_count / s[axis])) {
            return false;
        }
        n *= s[axis] > 0 ? s[axis] : 1;
    }
    return true;
}

/// Returns the distances in elements between neighbours along each axis of a dense row-major tensor.
constexpr per_axis strides_of(const shape& s)
{
    per_axis strides{};
    dim step = 1;
    for (int axis = s.rank - 1; axis >= 0; --axis) {
        strides[index(axis)] = step;
        step = saturating_product(step, s[axis]);
    }
    return strides;
}

/// Advances `position` to the next element of `s` in row-major order; false after the last one.
constexpr bool advance(per_axis& position, const shape& s)
{
    for (int axis = s.rank - 1; axis >= 0; --axis) {
        if (++position[index(axis)] < s[axis]) {
            return true;
        }
        position[index(axis)] = 0;
    }
    return false;
}

/// Returns the offset of `position` in a tensor with the given strides.
constexpr dim dot(const per_axis& position, const per_axis& strides, int rank)
{
    dim offset = 0;
    for (int axis = 0; axis < rank; ++axis) {
        offset += position[index(axis)] * strides[index(axis)];
    }
    return offset;
}

/// Returns the shape to which both broadcast (ONNX: multidirectional, numpy's rule); rank -1 if there is none.
constexpr shape broadcast(const shape& a, const shape& b)
{
    shape result;
    result.rank = a.rank > b.rank ? a.rank : b.rank;
    for (int axis = 0; axis < result.rank; ++axis) {
        const int in_a = axis - (result.rank - a.rank), in_b = axis - (result.rank - b.rank);
        const dim ea = in_a < 0 ? 1 : a[in_a], eb = in_b < 0 ? 1 : b[in_b];
        if (ea != eb && ea != 1 && eb != 1) {
            result.rank = -1;
            return result;
        }
        result[axis] = ea == 1 ? eb : ea;
    }
    return result;
}

/// Returns strides that read a dense tensor of shape `from` as if it had shape `to`, to which it broadcasts.
constexpr per_axis broadcast_strides(const shape& from, const shape& to)
{
    const per_axis dense = strides_of(from);
    per_axis strides{};
    for (int axis = 0; axis < from.rank; ++axis) {
        strides[index(axis + to.rank - from.rank)] = from[axis] == 1 ? 0 : dense[index(axis)];
    }
    return strides;
}

}  // namespace cameo::inline CAMEO_TARGET
