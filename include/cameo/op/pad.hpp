// Pad: a border of a constant, of mirrored, repeated or wrapped elements; negative pads cut.
#pragma once
#include <cameo/op/axis_flow.hpp>
#include <cameo/op/strided_copy.hpp>

namespace cameo::inline CAMEO_TARGET {

enum class pad_mode {
    constant,
    reflect,  ///< mirrored at the first and last element, which are not repeated
    edge,     ///< the first and last element
    wrap,     ///< as if the axis were a circle
};

/// One number per axis; a negative one removes elements, before others are added.
struct pad_attributes {
    pad_mode mode = pad_mode::constant;
    shape begin{};
    shape end{};
    static constexpr void each(auto visit)
    {
        visit("mode", &pad_attributes::mode);
        visit("begin", &pad_attributes::begin);
        visit("end", &pad_attributes::end);
    }
};

/// ONNX Pad, opsets 2, 11, 13, 18, 19, 21, 23 to 25, with constant pads.
struct pad_spec : pad_attributes {
    using attributes = pad_attributes;
    static constexpr bool moves_bits = true;
    tensor_type x{};
    tensor_type value{};  ///< of pad_mode::constant: one element, 0 if absent

    /// Returns how many elements are removed at the start of an axis, and what then remains of it.
    constexpr dim removed(int axis) const { return begin[axis] < 0 ? -begin[axis] : 0; }
    constexpr dim kept(int axis) const { return x.shape[axis] - removed(axis) + (end[axis] < 0 ? end[axis] : 0); }
    /// Returns the position in the input that position `at` of the result repeats; -1 for the constant.
    constexpr dim source(int axis, dim at) const;

    template <class T>
    using signature = T(T, T);
    using parameters = type_list<any_elements>;
};

enum class pad_problem {
    none,
    input_must_have_an_axis,
    pads_need_one_number_per_axis,
    pads_are_too_large,
    negative_pads_remove_more_elements_than_there_are,
    an_axis_without_elements_has_nothing_to_repeat,
    constant_value_must_be_one_element,
};

constexpr pad_problem check(const pad_spec& s)
{
    using enum pad_problem;
    if (s.x.shape.rank == 0) {
        return input_must_have_an_axis;
    }
    if (s.begin.rank != s.x.shape.rank || s.end.rank != s.x.shape.rank) {
        return pads_need_one_number_per_axis;
    }
    if (s.value.present() && s.value.shape.count() != 1) {
        return constant_value_must_be_one_element;
    }
    for (int axis = 0; axis < s.x.shape.rank; ++axis) {
        const dim begin = s.begin[axis], end = s.end[axis];
        if (begin > max_count || begin < -max_count || end > max_count || end < -max_count) {
            return pads_are_too_large;
        }
        if (s.kept(axis) < 0) {
            return negative_pads_remove_more_elements_than_there_are;
        }
        if (s.mode != pad_mode::constant && s.kept(axis) == 0 && (begin > 0 || end > 0)) {
            return an_axis_without_elements_has_nothing_to_repeat;
        }
    }
    return none;
}

constexpr tensor_type result(const pad_spec& s)
{
    tensor_type y = s.x.plain();
    for (int axis = 0; axis < y.shape.rank; ++axis) {
        y.shape[axis] += s.begin[axis] + s.end[axis];
    }
    return y;
}

constexpr dim pad_spec::source(int axis, dim at) const
{
    const dim extent = kept(axis), position = at - (begin[axis] > 0 ? begin[axis] : 0);
    if (0 <= position && position < extent) {
        return removed(axis) + position;
    }
    const auto around = [&](dim circle) { return (position % circle + circle) % circle; };
    switch (mode) {
    case pad_mode::constant: break;
    case pad_mode::edge: return removed(axis) + (position < 0 ? 0 : extent - 1);
    case pad_mode::wrap: return removed(axis) + around(extent);
    case pad_mode::reflect: {
        const dim there_and_back = extent > 1 ? 2 * (extent - 1) : 1, on_the_way = around(there_and_back);
        return removed(axis) + (on_the_way < extent ? on_the_way : there_and_back - on_the_way);
    }
    }
    return -1;
}

template <class T>
constexpr void evaluate(const pad_spec& s, std::span<const T> x, optional_span<T> value, std::span<T> y)
{
    const T constant = value.empty() ? T(0) : value[0];
    const per_axis strides = strides_of(s.x.shape);
    const int row = row_axis(s.x.shape);
    std::size_t to = 0;
    for_each_row(result(s).shape, [&](const per_axis& at, dim length) {
        dim read = 0;
        bool inside = true;
        for (int axis = 0; axis < row; ++axis) {
            const dim position = s.source(axis, at[index(axis)]);
            inside = inside && position >= 0;
            read += position * strides[index(axis)];
        }
        for (dim i = 0; i < length; ++i) {
            const dim position = inside ? s.source(row, i) : -1;
            y[to++] = position < 0 ? constant : x[index(read + position)];
        }
    });
}

constexpr axis_flow flow_of(const pad_spec& s, int, const axis_part& part)
{
    const dim begin = s.begin[part.axis], end = s.end[part.axis];
    axis_flow to = preserved(part, part.axis);
    if (begin == 0 && end == 0) {
        return to;
    }
    if (s.mode != pad_mode::constant || begin < 0 || end < 0) {
        return mixed("pads with other than zeros, or cuts,");
    }
    to.flow = flow::windowed;
    to.pad_begin = begin;
    to.pad_end = end;
    to.padding = 1;
    return to;
}

constexpr pad_attributes attributes_for_part(const pad_spec& s, int axis, dim, dim)
{
    pad_attributes a = s;
    a.begin[axis] = a.end[axis] = 0;
    return a;
}

template <auto Result, class Operands, pad_attributes Attributes = pad_attributes{}, class Secondary = into<>>
using pad = layer<pad_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
