// Windows over spatial axes: kernel shape, strides, dilations and pads, as convolutions and pools use them.
#pragma once
#include <cameo/op/layer.hpp>

namespace cameo::inline CAMEO_TARGET {

/// Pads that give as many windows as strides fit, split evenly; an odd element goes to the end (upper) or to the
/// beginning (lower).
enum class auto_pad { none, same_upper, same_lower };

/// Returns an empty list if every element is `neutral`: such lists are left out of specs and headers.
constexpr shape unless_all(const shape& list, dim neutral)
{
    for (int a = 0; a < list.rank; ++a) {
        if (list[a] != neutral) {
            return list;
        }
    }
    return {};
}

/// How a window slides: one number per spatial axis; empty lists stand for strides and dilations of 1 and no pads.
/// Where extents are known, the importer has settled auto_pad and ceil_mode, and otherwise make_spec() does.
struct window {
    shape kernel_shape{};  ///< of a pool; empty for a convolution, whose weight says it
    shape strides{};
    shape dilations{};
    shape pads_begin{};
    shape pads_end{};
    cameo::auto_pad auto_pad = auto_pad::none;  ///< decides the pads
    bool ceil_mode = false;                     ///< the last window may be partly beyond the pads

    static constexpr void each(auto visit)
    {
        visit("kernel_shape", &window::kernel_shape);
        visit("strides", &window::strides);
        visit("dilations", &window::dilations);
        visit("pads_begin", &window::pads_begin);
        visit("pads_end", &window::pads_end);
        visit("auto_pad", &window::auto_pad);
        visit("ceil_mode", &window::ceil_mode);
    }
    constexpr dim stride(int a) const { return a < strides.rank ? strides[a] : 1; }
    constexpr dim dilation(int a) const { return a < dilations.rank ? dilations[a] : 1; }
    constexpr dim pad_begin(int a) const { return a < pads_begin.rank ? pads_begin[a] : 0; }
    constexpr dim pad_end(int a) const { return a < pads_end.rank ? pads_end[a] : 0; }

    /// Returns the extent of `taps` taps along spatial axis a, with dilation.
    constexpr dim extent(int a, dim taps) const { return dilation(a) * (taps - 1) + 1; }
    constexpr dim padded(int a, dim input) const { return pad_begin(a) + input + pad_end(a); }
    /// Returns the number of window positions along axis a of an input: floor((padded - extent) / stride) + 1.
    constexpr dim positions(int a, dim input, dim taps) const
    {
        return (padded(a, input) - extent(a, taps)) / stride(a) + 1;
    }
    /// Returns the extent that a transposed convolution writes along axis a of an input before pads are cut off;
    /// bounded far above the extent of any tensor.
    constexpr dim transposed(int a, dim input, dim taps) const
    {
        return std::min(saturating_sum(saturating_product(stride(a), input - 1), extent(a, taps)), dim{1} << 61);
    }
    /// Returns where tap `tap` of the window at position `at` reads: negative or beyond the input in the padding.
    constexpr dim reads(int a, dim at, dim tap) const { return at * stride(a) + tap * dilation(a) - pad_begin(a); }
    /// Returns how many rows or columns beyond the end of an input the last window reads.
    constexpr dim reads_beyond(int a, dim input, dim taps) const
    {
        const dim last = reads(a, positions(a, input, taps) - 1, taps - 1);
        return last >= input ? last - input + 1 : 0;
    }
    constexpr bool is_settled() const { return auto_pad == auto_pad::none && !ceil_mode; }
    /// Returns the window over these extents whose pads say what auto_pad and ceil_mode mean.
    constexpr window settled(const shape& extents, const shape& taps) const
    {
        if (is_settled()) {
            return *this;
        }
        window w = *this;
        w.auto_pad = auto_pad::none;
        w.ceil_mode = false;
        if (auto_pad != auto_pad::none) {
            w.pad_same(extents, taps, auto_pad == auto_pad::same_upper);
        }
        shape ends;
        for (int a = 0; a < extents.rank; ++a) {
            ends.append(ceil_mode ? w.pad_end_of_ceil(a, extents[a], taps[a]) : w.pad_end(a));
        }
        w.pads_begin = unless_all(w.pads_begin, 0);
        w.pads_end = unless_all(ends, 0);
        return w;
    }

    constexpr bool positive() const { return positive(kernel_shape) && positive(strides) && positive(dilations); }
    /// Returns the position of the window whose tap `tap` lies on `at`; -1 if there is none.
    constexpr dim written_from(int a, dim at, dim tap) const
    {
        const dim distance = at + pad_begin(a) - tap * dilation(a);
        return distance >= 0 && distance % stride(a) == 0 ? distance / stride(a) : -1;
    }
    /// Tells whether the window has a tap inside the input at each of its positions along axis a.
    constexpr bool always_meets(int a, dim input, dim taps) const
    {
        const dim windows = positions(a, input, taps);
        if (reads(a, windows - 1, 0) >= input) {
            return false;
        }
        for (dim at = 0; at < windows && reads(a, at, 0) < 0; ++at) {
            const dim first_inside = (dilation(a) - 1 - reads(a, at, 0)) / dilation(a);
            if (first_inside >= taps || reads(a, at, first_inside) >= input) {
                return false;
            }
        }
        return true;
    }

    static constexpr bool positive(const shape& list)
    {
        for (int a = 0; a < list.rank; ++a) {
            if (list[a] < 1) {
                return false;
            }
        }
        return true;
    }

private:
    constexpr void pad_same(const shape& extents, const shape& taps, bool upper)
    {
        pads_begin = pads_end = {};
        for (int a = 0; a < extents.rank; ++a) {
            const dim windows = (extents[a] + stride(a) - 1) / stride(a);
            const dim total = std::max<dim>(0, (windows - 1) * stride(a) + extent(a, taps[a]) - extents[a]);
            const dim begin = upper ? total / 2 : total - total / 2;
            pads_begin.append(begin);
            pads_end.append(total - begin);
        }
    }

    /// Computes the padding at the end of axis a that gives as many windows as ceil_mode: one more if strides leave a
    /// rest, but none that starts beyond the input. This holds with auto_pad VALID too, as in ONNX's shape inference.
    constexpr dim pad_end_of_ceil(int a, dim input, dim taps) const
    {
        const dim rest = padded(a, input) - extent(a, taps);
        if (rest <= -stride(a)) {
            return pad_end(a);  // not one window: a diagnostic when the spec is checked
        }
        dim windows = (rest + stride(a) - 1) / stride(a) + 1;
        if ((windows - 1) * stride(a) >= input + pad_begin(a)) {
            --windows;
        }
        if (rest >= 0 && windows == rest / stride(a) + 1) {
            return pad_end(a);
        }
        return (windows - 1) * stride(a) + extent(a, taps) - input - pad_begin(a);
    }
};

/// Returns the axes of a shape from the third on, over which windows slide.
constexpr shape spatial(const shape& s)
{
    shape result;
    for (int axis = 2; axis < s.rank; ++axis) {
        result.append(s[axis]);
    }
    return result;
}

namespace detail {

/// Calls visit(tap, offset) for each tap that reads inside `extents`; reads(axis, tap) says where, offset is its place
/// in a row-major plane.
template <class Reads, class Visit>
constexpr void for_each_tap_inside(const shape& taps, const shape& extents, Reads reads, Visit visit)
{
    per_axis tap{};
    dim number = 0;
    do {
        dim offset = 0;
        bool inside = true;
        for (int a = 0; a < taps.rank && inside; ++a) {
            const dim position = reads(a, tap[index(a)]);
            inside = position >= 0 && position < extents[a];
            offset = offset * extents[a] + position;
        }
        if (inside) {
            visit(number, offset);
        }
        ++number;
    } while (advance(tap, taps));
}

}  // namespace detail

/// Calls visit(tap, offset) for each tap of the window at position `at` that lies inside `extents`; offset is its place
/// in a row-major plane.
template <class Visit>
constexpr void for_each_tap(const window& w, const shape& taps, const shape& extents, const per_axis& at, Visit visit)
{
    detail::for_each_tap_inside(taps, extents, [&](int a, dim tap) { return w.reads(a, at[index(a)], tap); }, visit);
}

/// Visits the transpose: calls visit for each tap that lies on `at` for some position of the window; offset is that
/// position, which is inside `extents`.
template <class Visit>
constexpr void for_each_writing_tap(
    const window& w, const shape& taps, const shape& extents, const per_axis& at, Visit visit)
{
    detail::for_each_tap_inside(
        taps, extents, [&](int a, dim tap) { return w.written_from(a, at[index(a)], tap); }, visit);
}

}  // namespace cameo::inline CAMEO_TARGET
