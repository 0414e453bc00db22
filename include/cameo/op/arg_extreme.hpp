// ArgMax and ArgMin: attributes, shape rule, plain definition and layer type.
#pragma once
#include <cameo/core/floats.hpp>
#include <cameo/op/axis_flow.hpp>
#include <cameo/op/layer.hpp>
#include <cameo/op/lines.hpp>

namespace cameo::inline CAMEO_TARGET {

struct arg_extreme_attributes {
    int axis = 0;
    bool largest = true;
    bool keepdims = true;
    bool select_last_index = false;
    static constexpr void each(auto visit)
    {
        visit("axis", &arg_extreme_attributes::axis);
        visit("largest", &arg_extreme_attributes::largest);
        visit("keepdims", &arg_extreme_attributes::keepdims);
        visit("select_last_index", &arg_extreme_attributes::select_last_index);
    }
};

/// ONNX ArgMax and ArgMin, opsets 1, 11, 12, 13: int64 positions along an axis.
struct arg_extreme_spec : arg_extreme_attributes {
    using attributes = arg_extreme_attributes;
    tensor_type x{};

    template <class T>
    using signature = std::int64_t(T);
    using parameters = type_list<number_elements>;
};

enum class arg_extreme_problem { none, axis_is_out_of_range, axis_must_not_be_empty };

constexpr tensor_type result(const arg_extreme_spec& s)
{
    shape y;
    for (int axis = 0; axis < s.x.shape.rank; ++axis) {
        if (axis != s.axis) {
            y.append(s.x.shape[axis]);
        } else if (s.keepdims) {
            y.append(1);
        }
    }
    return {element::int64, y};
}

constexpr arg_extreme_problem check(const arg_extreme_spec& s)
{
    using enum arg_extreme_problem;
    if (s.axis < 0 || s.axis >= s.x.shape.rank) {
        return axis_is_out_of_range;
    }
    return s.x.shape[s.axis] > 0 ? none : axis_must_not_be_empty;
}

/// The definition: the first position of the extreme element, or the last one. A NaN is more extreme than any number.
template <class T>
constexpr void evaluate(const arg_extreme_spec& s, std::span<const T> x, std::span<std::int64_t> y)
{
    const auto beats = [&](T a, T b) {
        return (!detail::is_a_number(a) && detail::is_a_number(b)) || (s.largest ? a > b : a < b);
    };
    const lines all(s.x.shape, s.axis);
    for (dim n = 0; n < all.count; ++n) {
        const line in = all[n];
        dim best = 0;
        for (dim k = 1; k < all.extent; ++k) {
            const T challenger = x[in[k]], holder = x[in[best]];
            if (s.select_last_index ? !beats(holder, challenger) : beats(challenger, holder)) {
                best = k;
            }
        }
        y[index(n)] = best;
    }
}

constexpr axis_flow flow_of(const arg_extreme_spec& s, int, const axis_part& part)
{
    if (part.axis == s.axis) {
        return mixed("works across");
    }
    return preserved(part, part.axis - (!s.keepdims && s.axis < part.axis ? 1 : 0));
}

template <auto Result, class Operands, arg_extreme_attributes Attributes = arg_extreme_attributes{},
    class Secondary = into<>>
using arg_extreme = layer<arg_extreme_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
