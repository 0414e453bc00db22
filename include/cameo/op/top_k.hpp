// TopK: the k largest or smallest elements along an axis, sorted, with their indices.
#pragma once
#include <cameo/core/floats.hpp>
#include <cameo/op/layer.hpp>
#include <cameo/op/lines.hpp>

namespace cameo::inline CAMEO_TARGET {

struct top_k_attributes {
    int axis = 0;
    dim k = 1;
    bool largest = true;
    static constexpr void each(auto visit)
    {
        visit("axis", &top_k_attributes::axis);
        visit("k", &top_k_attributes::k);
        visit("largest", &top_k_attributes::largest);
    }
};

/// ONNX TopK, opsets 1, 10, 11, 24: values and int64 indices of the k most extreme elements along an axis. Always
/// sorted.
struct top_k_spec : top_k_attributes {
    using attributes = top_k_attributes;
    tensor_type x{};

    template <class T>
    using signature = results<T, std::int64_t>(T);
    using parameters = type_list<number_elements>;
};

enum class top_k_problem { none, axis_is_out_of_range, k_must_lie_between_0_and_the_extent_of_the_axis };

constexpr std::array<tensor_type, 2> result(const top_k_spec& s)
{
    shape y = s.x.shape;
    y[s.axis] = s.k;
    return {{{s.x.element, y}, {element::int64, y}}};
}

constexpr top_k_problem check(const top_k_spec& s)
{
    using enum top_k_problem;
    if (s.axis < 0 || s.axis >= s.x.shape.rank) {
        return axis_is_out_of_range;
    }
    return 0 <= s.k && s.k <= s.x.shape[s.axis] ? none : k_must_lie_between_0_and_the_extent_of_the_axis;
}

/// The definition: each line's elements inserted one by one into its sorted k best. Of equal ones the lower index comes
/// first; NaN is larger than any number.
template <class T>
constexpr void evaluate(
    const top_k_spec& s, std::span<const T> x, optional_result<T> values, optional_result<std::int64_t> indices)
{
    if (values.empty() && indices.empty()) {
        return;
    }
    const auto larger = [](T a, T b) { return a > b || (!detail::is_a_number(a) && detail::is_a_number(b)); };
    const auto comes_before = [&](T a, T b) { return s.largest ? larger(a, b) : larger(b, a); };
    const lines of_x(s.x.shape, s.axis), of_y(result(s)[0].shape, s.axis);
    for (dim n = 0; n < of_y.count; ++n) {
        const line from = of_x[n], to = of_y[n];
        // Either result may be absent: the other tells what was kept so far.
        const auto kept = [&](dim j) { return values.empty() ? x[from[indices[to[j]]]] : values[to[j]]; };
        const auto put = [&](dim j, T value, dim k) {
            if (j == s.k) {
                return;
            }
            if (!values.empty()) {
                values[to[j]] = value;
            }
            if (!indices.empty()) {
                indices[to[j]] = k;
            }
        };
        for (dim k = 0; k < of_x.extent; ++k) {
            dim place = k < s.k ? k : s.k;
            for (; place > 0 && comes_before(x[from[k]], kept(place - 1)); --place) {
                put(place, kept(place - 1), indices.empty() ? 0 : indices[to[place - 1]]);
            }
            put(place, x[from[k]], k);
        }
    }
}

/// Counts the steps of the definition, which are more than its elements.
constexpr dim work(const top_k_spec& s) { return saturating_product(s.x.shape.count(), s.k); }

template <auto Result, class Operands, top_k_attributes Attributes = top_k_attributes{}, class Secondary = into<>>
using top_k = layer<top_k_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
