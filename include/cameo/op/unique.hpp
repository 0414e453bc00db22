// Unique: the distinct slices along an axis with positions and counts, in results of fixed capacity.
#pragma once
#include <cameo/core/floats.hpp>
#include <cameo/op/layer.hpp>

namespace cameo::inline CAMEO_TARGET {

struct unique_attributes {
    int axis = 0;
    bool sorted = true;
    dim capacity = 0;  ///< slices that there is room for
    static constexpr void each(auto visit)
    {
        visit("axis", &unique_attributes::axis);
        visit("sorted", &unique_attributes::sorted);
        visit("capacity", &unique_attributes::capacity);
    }
};

/// ONNX Unique, opset 11, along an axis: the different slices, in ascending order or in that of their first places;
/// their first places; for each slice of the input the number of its equal; how often each is there; how many there
/// are. Beyond the capacity they are left out.
struct unique_spec : unique_attributes {
    using attributes = unique_attributes;
    tensor_type x{};

    static constexpr std::size_t scratch = 5;  // first places, in the order of the result
    template <class T>
    using signature = results<T, std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t>(T);
    using parameters = type_list<arithmetic_elements>;

    constexpr dim slices() const { return x.shape[axis]; }
};

enum class unique_problem { none, axis_is_out_of_range, capacity_is_negative };

constexpr unique_problem check(const unique_spec& s)
{
    using enum unique_problem;
    if (s.axis < 0 || s.axis >= s.x.shape.rank) {
        return axis_is_out_of_range;
    }
    return s.capacity < 0 ? capacity_is_negative : none;
}

constexpr std::array<tensor_type, 6> result(const unique_spec& s)
{
    tensor_type y = s.x.plain();
    y.shape[s.axis] = s.capacity;
    return {{y, {element::int64, {s.capacity}}, {element::int64, {s.slices()}}, {element::int64, {s.capacity}}, i64<>,
        {element::int64, {s.slices()}}}};
}

namespace detail {

/// Compares slices of x along the axis, element by element: negative, zero or positive. All NaN are one, after any
/// number.
template <class T>
constexpr int compare_slices(const unique_spec& s, std::span<const T> x, dim a, dim b)
{
    const dim outer = s.x.shape.count(0, s.axis), inner = s.x.shape.count(s.axis + 1, s.x.shape.rank);
    for (dim o = 0; o < outer; ++o) {
        for (dim k = 0; k < inner; ++k) {
            const T left = x[index((o * s.slices() + a) * inner + k)],
                    right = x[index((o * s.slices() + b) * inner + k)];
            if (left == right || (!is_a_number(left) && !is_a_number(right))) {
                continue;
            }
            return left < right || !is_a_number(right) ? -1 : 1;
        }
    }
    return 0;
}

}  // namespace detail

template <class T>
constexpr void evaluate(const unique_spec& s, std::span<const T> x, optional_result<T> y,
    optional_result<std::int64_t> indices, optional_result<std::int64_t> inverse_indices,
    optional_result<std::int64_t> counts, optional_result<std::int64_t> count, std::span<std::int64_t> firsts)
{
    const dim outer = s.x.shape.count(0, s.axis), inner = s.x.shape.count(s.axis + 1, s.x.shape.rank);
    dim found = 0;
    for (dim i = 0; i < s.slices(); ++i) {
        dim place = 0;
        int order = 1;
        while (place < found && (order = detail::compare_slices(s, x, i, firsts[index(place)])) != 0 &&
               (!s.sorted || order > 0)) {
            ++place;
        }
        if (place < found && order == 0) {
            continue;
        }
        for (dim k = found++; k > place; --k) {
            firsts[index(k)] = firsts[index(k - 1)];
        }
        firsts[index(place)] = i;
    }
    std::fill(y.begin(), y.end(), T{});
    std::fill(indices.begin(), indices.end(), 0);
    std::fill(counts.begin(), counts.end(), 0);
    if (!count.empty()) {
        count[0] = found;
    }
    for (dim i = 0; i < s.slices() && (!inverse_indices.empty() || !counts.empty()); ++i) {
        dim place = 0;
        while (detail::compare_slices(s, x, i, firsts[index(place)]) != 0) {
            ++place;
        }
        if (!inverse_indices.empty()) {
            inverse_indices[index(i)] = place;
        }
        if (!counts.empty() && place < s.capacity) {
            ++counts[index(place)];
        }
    }
    for (dim n = 0; n < found && n < s.capacity; ++n) {
        const dim i = firsts[index(n)];
        if (!indices.empty()) {
            indices[index(n)] = i;
        }
        for (dim o = 0; o < outer && !y.empty(); ++o) {
            for (dim k = 0; k < inner; ++k) {
                y[index((o * s.capacity + n) * inner + k)] = x[index((o * s.slices() + i) * inner + k)];
            }
        }
    }
}

/// Counts the steps of the definition, which are more than its elements.
constexpr dim work(const unique_spec& s) { return saturating_product(s.x.shape.count(), s.slices()); }

template <auto Result, class Operands, unique_attributes Attributes = unique_attributes{}, class Secondary = into<>>
using unique = layer<unique_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
