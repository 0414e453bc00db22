// Measures errors of functions on vectors of floats against exact values, in units in the last place (2^-149 for
// subnormal results). Under -ffast-math, only for finite arguments, with subnormal numbers flushed or not.
#pragma once
#include <bit>
#include <cameo/kernel/apply.hpp>
#include <cmath>
#include <functional>
#include <string_view>
#include <vector>

namespace numerics {

/// Vectors as kernels pass them to functions.
using vector = cameo::simd::ordered<xsimd::batch<float>>;
using floats = std::array<float, vector::size>;

/// The largest error of a function, and its arguments.
struct worst {
    std::string_view name;
    double units = 0;
    std::array<float, 2> at{};  ///< the argument, or base and exponent

    void see(float found, double exact, std::array<float, 2> arguments);
};

using cameo::detail::finite_only, cameo::detail::is_finite, cameo::detail::is_a_number;

/// Tells whether the program flushes subnormal numbers to zero, as g++ makes it with -ffast-math.
inline bool flushes()
{
    static const bool zero = [] {
        volatile float least = std::numeric_limits<float>::denorm_min(), twice = least * 2;
        return twice == 0;
    }();
    return zero;
}

/// Tells whether a number means the same to the function and to its reference.
inline bool is_argument(float x)
{
    // volatile: clang 19 compares x with 0 otherwise, which a subnormal number equals where it is flushed.
    const volatile std::uint32_t bits = std::bit_cast<std::uint32_t>(x);
    const bool subnormal = bits << 1 != 0 && (bits << 1) >> 24 == 0;
    return !(finite_only && !is_finite(x)) && !(flushes() && subnormal);
}

/// Measures an error in units in the last place; infinite if only one is NaN or infinite.
inline double units(float found, double exact)
{
    const auto rounded = static_cast<float>(exact);
    if (!is_finite(found) || !is_finite(rounded)) {
        const bool same = std::bit_cast<std::uint32_t>(found) == std::bit_cast<std::uint32_t>(rounded) ||
                          (!is_a_number(found) && !is_a_number(rounded));
        return same || (finite_only && !is_a_number(rounded)) ? 0 : std::numeric_limits<double>::max();
    }
    // A step before the result may be a quarter of it.
    constexpr double least = 4 * std::numeric_limits<float>::min();
    if (flushes() && std::abs(exact) < least && std::abs(static_cast<double>(found)) <= least) {
        return 0;
    }
    return std::abs(found - exact) / std::ldexp(1.0, exact == 0 ? -149 : std::max(std::ilogb(exact) - 23, -149));
}

inline void worst::see(float found, double exact, std::array<float, 2> arguments)
{
    const double error = numerics::units(found, exact);
    if (!(error > units)) {
        return;
    }
    units = error;
    at = arguments;
}

/// Every 1009th of all floats, by their bits: of both signs, subnormal, and infinite and NaN where there are such. The
/// number is prime.
inline constexpr std::uint64_t step = 1009;

template <class Visit>
void each_vector_of_floats(Visit visit)
{
    for (std::uint64_t bits = 0; bits < std::uint64_t{1} << 32;) {
        floats x;
        for (float& number : x) {
            number =
                std::bit_cast<float>(static_cast<std::uint32_t>(bits));  // beyond the last: those at the start again
            bits += step;
            if (!is_argument(number)) {
                number = 1;
            }
        }
        visit(x);
    }
}

template <class Function, class Exact>
worst over_floats(std::string_view name, Function function, Exact exact)
{
    worst w{name};
    each_vector_of_floats([&](const floats& x) {
        floats y;
        function(vector::load_unaligned(x.data())).store_unaligned(y.data());
        for (std::size_t i = 0; i < x.size(); ++i) {
            w.see(y[i], exact(static_cast<double>(x[i])), {x[i]});
        }
    });
    return w;
}

/// Visits every pair of 1 in 1009 * 2003 floats each.
template <class Function, class Exact>
worst over_pairs(std::string_view name, Function function, Exact exact)
{
    worst w{name};
    const auto each = [](auto visit) {
        for (std::uint64_t bits = 0; bits < std::uint64_t{1} << 32; bits += step * 2003) {
            if (const auto x = std::bit_cast<float>(static_cast<std::uint32_t>(bits));
                is_argument(x) && is_a_number(x)) {
                visit(x);
            }
        }
        for (const float x : {1.0f, -1.0f, 2.0f, -2.0f, 0.5f, 3.0f, -3.0f, -0.0f}) {
            visit(x);
        }
        if constexpr (!finite_only) {
            for (const float x : {INFINITY, -INFINITY, NAN}) {
                visit(x);
            }
        }
    };
    each([&](float a) {
        each([&](float b) { w.see(function(a, b), exact(static_cast<double>(a), static_cast<double>(b)), {a, b}); });
    });
    return w;
}

/// A function and its exact value, both under its name.
template <class Function, class... Constant>
worst measure(std::string_view name, Constant... constants)
{
    return over_floats(
        name,
        [=](const vector& x) { return cameo::simd::call(Function{}, x, vector(static_cast<float>(constants))...); },
        [=](double x) { return Function{}(x, static_cast<double>(constants)...); });
}

/// Returns the functions that must stay within 4 units.
inline std::vector<std::function<worst()>> exact_functions()
{
    namespace f = cameo::functions;
    return {
        [] { return measure<f::exp>("exp"); },
        [] { return measure<f::log>("log"); },
        [] { return measure<f::tanh>("tanh"); },
        [] { return measure<f::sigmoid>("sigmoid"); },
        [] { return measure<f::erf>("erf"); },
        [] { return measure<f::sin>("sin"); },
        [] { return measure<f::cos>("cos"); },
        [] { return over_pairs("pow", f::pow{}, f::pow{}); },
        [] { return measure<f::gelu>("gelu"); },
        [] { return measure<f::gelu_tanh>("gelu_tanh"); },
        [] { return measure<f::softplus>("softplus"); },
        [] { return measure<f::swish>("swish", 1); },
        [] { return measure<f::mish>("mish"); },
        [] { return measure<f::hard_swish>("hard_swish"); },
    };
}

/// Returns the others, except those that are exact anyway.
inline std::vector<std::function<worst()>> other_functions()
{
    namespace f = cameo::functions;
    return {
        [] { return measure<f::tan>("tan"); },
        [] { return measure<f::asin>("asin"); },
        [] { return measure<f::acos>("acos"); },
        [] { return measure<f::atan>("atan"); },
        [] { return measure<f::sinh>("sinh"); },
        [] { return measure<f::cosh>("cosh"); },
        [] { return measure<f::asinh>("asinh"); },
        [] { return measure<f::acosh>("acosh"); },
        [] { return measure<f::atanh>("atanh"); },
        [] { return measure<f::elu>("elu", 1); },
        [] { return measure<f::selu>("selu", 1.67326319217681884765625, 1.05070102214813232421875); },
        [] { return measure<f::softsign>("softsign"); },
    };
}

/// The error of an approximation from -80 to 80: the difference, divided by the exact result if that is more than 1;
/// and the difference divided by the exact result.
struct approximation {
    std::string_view name;
    double error = 0, relative = 0;
};

template <class Function>
approximation measure_fast(std::string_view name)
{
    approximation a{name};
    each_vector_of_floats([&](const floats& x) {
        floats y;
        cameo::simd::call(Function{}, vector::load_unaligned(x.data())).store_unaligned(y.data());
        for (std::size_t i = 0; i < x.size(); ++i) {
            if (!(std::abs(x[i]) <= 80) || std::abs(x[i]) < 1e-30f) {
                continue;
            }
            const double exact = Function{}(static_cast<double>(x[i])),
                         difference = std::abs(static_cast<double>(y[i]) - exact);
            a.error = std::max(a.error, difference / std::max(1.0, std::abs(exact)));
            a.relative = std::max(a.relative, difference / std::abs(exact));
        }
    });
    return a;
}

/// Visits each function of `--math fast`.
template <class Visit>
void each_fast_function(Visit visit)
{
    namespace f = cameo::functions;
    visit("exp", f::fast_exp{});
    visit("tanh", f::fast_tanh{});
    visit("sigmoid", f::fast_sigmoid{});
    visit("erf", f::fast_erf{});
    visit("gelu", f::fast_gelu{});
    visit("gelu_tanh", f::fast_gelu_tanh{});
}

}  // namespace numerics
