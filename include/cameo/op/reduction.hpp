// The kinds of reduction (sum, mean, max, …), and how each reduces a set of elements to one.
#pragma once
#include <cameo/function/mathematics.hpp>
#include <cameo/function/max.hpp>
#include <cameo/function/min.hpp>
#include <cameo/op/cast.hpp>
#include <type_traits>

namespace cameo::inline CAMEO_TARGET {

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"  // of g++ alone: the names of an enum class shadow nothing
enum class reduction { sum, mean, max, min, prod, l1, l2, log_sum, log_sum_exp, sum_square };
#pragma GCC diagnostic pop

/// Tells whether ONNX defines the reduction for elements of this type.
constexpr bool takes(reduction r, element e)
{
    switch (r) {
    case reduction::max:
    case reduction::min: return true;
    case reduction::log_sum:
    case reduction::log_sum_exp: return is_floating(e);
    default: return size_of(e) > 1;
    }
}

namespace detail {

/// The type of sums and products: float64 for floating elements, integers modulo 2^64, so that nothing overflows before
/// the result does.
template <class T>
using accumulator = std::conditional_t<std::is_floating_point_v<T>, double, std::uint64_t>;

constexpr double magnitude(double v) { return v < 0 ? -v : v; }
constexpr std::uint64_t magnitude(std::uint64_t v) { return static_cast<std::int64_t>(v) < 0 ? 0 - v : v; }

/// Returns the mean; for no elements NaN, or 0 in a type without NaN.
constexpr double mean(double sum, dim count)
{
    return count ? sum / static_cast<double>(count) : std::numeric_limits<double>::quiet_NaN();
}
constexpr std::int64_t mean(std::uint64_t sum, dim count) { return count ? static_cast<std::int64_t>(sum) / count : 0; }

/// The extremes of a type, infinite if it has infinities.
template <class T>
inline constexpr T highest =
    std::numeric_limits<T>::has_infinity ? std::numeric_limits<T>::infinity() : std::numeric_limits<T>::max();
template <class T>
inline constexpr T lowest =
    std::numeric_limits<T>::has_infinity ? -std::numeric_limits<T>::infinity() : std::numeric_limits<T>::lowest();

/// Computes log(sum of exp(v)), shifted by the largest element so that no exponential overflows.
template <class T, class Fold>
constexpr T log_sum_exp(Fold fold)
{
    using mathematics::exp;
    using mathematics::log;
    const T largest = fold(lowest<T>, functions::max{});
    // An infinity is no shift: inf - inf is NaN, where the result is that infinity.
    const double shift = largest == lowest<T> || largest == highest<T> ? 0.0 : static_cast<double>(largest);
    return convert<T>(
        shift + log(fold(0.0, [&](double sum, T v) { return sum + exp(static_cast<double>(v) - shift); })));
}

/// Reduces `count` elements, for each of which for_each_element(visit) calls visit(element). No elements give the
/// reduction's neutral element.
template <class T, class ForEach>
constexpr T reduce_set(reduction r, dim count, ForEach for_each_element)
{
    using mathematics::log;
    using mathematics::sqrt;
    using sum_type = accumulator<T>;
    const auto fold = [&](auto value, auto combine) {
        if (count > 0) {
            for_each_element([&](T v) { value = combine(value, v); });
        }
        return value;
    };
    const auto sum = [&](auto term) {
        return fold(sum_type{}, [&](sum_type s, T v) { return s + term(static_cast<sum_type>(v)); });
    };
    const auto same = [](sum_type v) { return v; };
    const auto square = [](sum_type v) { return v * v; };
    switch (r) {
    case reduction::sum: return static_cast<T>(sum(same));
    case reduction::mean: return static_cast<T>(mean(sum(same), count));
    case reduction::max: return fold(lowest<T>, functions::max{});
    case reduction::min: return fold(highest<T>, functions::min{});
    case reduction::prod:
        return static_cast<T>(fold(sum_type{1}, [](sum_type p, T v) { return p * static_cast<sum_type>(v); }));
    case reduction::l1: return static_cast<T>(sum([](sum_type v) { return magnitude(v); }));
    case reduction::l2: return convert<T>(sqrt(static_cast<double>(sum(square))));
    case reduction::log_sum: return convert<T>(log(static_cast<double>(sum(same))));
    case reduction::log_sum_exp: return log_sum_exp<T>(fold);
    case reduction::sum_square: return static_cast<T>(sum(square));
    }
    return T{};
}

}  // namespace detail

}  // namespace cameo::inline CAMEO_TARGET
