// Cast between element types, total where C++ leaves the conversion undefined.
#pragma once
#include <cameo/core/floats.hpp>
#include <cameo/op/axis_flow.hpp>
#include <cameo/op/layer.hpp>
#include <limits>

namespace cameo::inline CAMEO_TARGET {

struct cast_attributes {
    element to = element::float32;
    bool saturate = true;                            ///< to floats of 8 bits: beyond the largest lies the largest
    power_rounding round_mode = power_rounding::up;  ///< to float8e8m0
    static constexpr void each(auto visit)
    {
        visit("to", &cast_attributes::to);
        visit("saturate", &cast_attributes::saturate);
        visit("round_mode", &cast_attributes::round_mode);
    }
};

namespace detail {

/// A pair of types between which one Cast converts.
template <class From, class To>
struct conversion {
    using signature = To(From);
};

template <class From, class... To>
type_list<conversion<From, To>...> conversions(type_list<From>, type_list<To...>);
template <class... From, class To>
auto conversions(type_list<From...>, To to) -> decltype((conversions(type_list<From>{}, to) + ...));

using all_conversions = decltype(conversions(arithmetic_elements{}, arithmetic_elements{}) +
                                 conversions(narrow_elements{}, type_list<float>{}) +
                                 conversions(type_list<float, double>{}, narrow_elements{}));

}  // namespace detail

/// ONNX Cast, opsets 6, 9, 13, 19, 21, 23 to 25. Types that C++ has not are cast to float32, and from float32 and
/// float64; the importer takes all others there by way of these.
struct cast_spec : cast_attributes {
    using attributes = cast_attributes;
    tensor_type x{};

    template <class Conversion>
    using signature = typename Conversion::signature;
    using parameters = type_list<detail::all_conversions>;
};

enum class cast_problem { none, element_type_is_not_supported };

constexpr tensor_type result(const cast_spec& s) { return {s.to, s.x.shape}; }

constexpr cast_problem check(const cast_spec& s)
{
    return s.to == element::none ? cast_problem::element_type_is_not_supported : cast_problem::none;
}

namespace detail {

/// The conversion of C++, made total: a float beyond the integer's range goes to the nearest bound, NaN to 0. Integers
/// of fewer than 8 bits keep the low bits.
template <class R, class T>
constexpr R convert(T v)
{
    if constexpr (is_narrow_float<T>) {
        return convert<R>(static_cast<float>(v));
    } else if constexpr (is_narrow_int<T>) {
        return convert<R>(static_cast<int>(v));
    } else if constexpr (is_narrow_int<R>) {
        return R(convert<std::int64_t>(v));
    } else if constexpr (std::is_same_v<R, bool>) {
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
constexpr void evaluate([[maybe_unused]] const cast_spec& s, std::span<const T> x, std::span<R> y)
{
    for (std::size_t i = 0; i < y.size(); ++i) {
        if constexpr (std::is_same_v<R, float8e8m0>) {
            y[i] = R::rounded(static_cast<float>(x[i]), s.round_mode, s.saturate);
        } else if constexpr (detail::is_narrow_float<R> && sizeof(R) == 1) {
            y[i] = s.saturate ? R::saturated(x[i]) : R(x[i]);
        } else {
            y[i] = detail::convert<R>(x[i]);
        }
    }
}

constexpr axis_flow flow_of(const cast_spec&, int, const axis_part& part) { return preserved(part, part.axis); }

template <auto Result, class Operands, cast_attributes Attributes = cast_attributes{}, class Secondary = into<>>
using cast = layer<cast_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
