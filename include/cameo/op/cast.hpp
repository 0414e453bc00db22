// Cast between element types, total where C++ leaves the conversion undefined.
#pragma once
#include <cameo/core/floats.hpp>
#include <cameo/op/axis_flow.hpp>
#include <cameo/op/layer.hpp>
#include <limits>

namespace cameo::inline CAMEO_TARGET {

struct cast_attributes {
    element to = element::float32;
    static constexpr void each(auto visit) { visit("to", &cast_attributes::to); }
};

/// ONNX Cast, opsets 6, 9, 13, 19, 21, 23 to 25, between the element types of cameo.
struct cast_spec : cast_attributes {
    using attributes = cast_attributes;
    tensor_type x{};

    template <class T, class R>
    using signature = R(T);
    using parameters = type_list<any_elements, any_elements>;
};

enum class cast_problem { none, element_type_is_not_supported };

constexpr tensor_type result(const cast_spec& s) { return {s.to, s.x.shape}; }

constexpr cast_problem check(const cast_spec& s)
{
    return s.to == element::none ? cast_problem::element_type_is_not_supported : cast_problem::none;
}

namespace detail {

/// The conversion of C++, made total: a float beyond the integer's range goes to the nearest bound, NaN to 0.
template <class R, class T>
constexpr R convert(T v)
{
    if constexpr (std::is_same_v<R, bool>) {
        return v != T(0);
    } else if constexpr (std::is_floating_point_v<T> && std::is_integral_v<R>) {
        if (!is_a_number(v)) {
            return R(0);
        }
        // The bounds are exact in T or round away from the range, so that what passes converts.
        constexpr T low = static_cast<T>(std::numeric_limits<R>::min()),
                    high = static_cast<T>(std::numeric_limits<R>::max());
        if (v <= low) {
            return std::numeric_limits<R>::min();
        }
        if (v >= high) {
            return std::numeric_limits<R>::max();
        }
        return static_cast<R>(v);
    } else {
        return static_cast<R>(v);
    }
}

}  // namespace detail

template <class T, class R>
constexpr void evaluate(const cast_spec&, std::span<const T> x, std::span<R> y)
{
    for (std::size_t i = 0; i < y.size(); ++i) {
        y[i] = detail::convert<R>(x[i]);
    }
}

constexpr axis_flow flow_of(const cast_spec&, int, const axis_part& part) { return preserved(part, part.axis); }

template <auto Result, class Operands, cast_attributes Attributes = cast_attributes{}, class Secondary = into<>>
using cast = layer<cast_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
