// Holds every elementwise function on vectors of float and double against its definition in double.
#include <cameo/kernel/apply.hpp>
#include <cmath>
#include <doctest/doctest.h>
#include <random>

using namespace cameo;

namespace {

template <class F, class... A>
concept takes = requires(F f, A... a) { f(a...); };

/// Calls a function with as many of three arguments as it takes.
template <class F, class V>
auto call(F f, const V& a, const V& b, const V& c)
{
    if constexpr (takes<F, V>) {
        return simd::call(f, a);
    } else if constexpr (takes<F, V, V>) {
        return simd::call(f, a, b);
    } else {
        return simd::call(f, a, b, c);
    }
}

/// Measures the largest difference between a function on vectors of T and its definition in double, divided by the
/// larger of 1 and the result; infinite if only one of them is NaN.
template <class F, class T>
double error()
{
    using vector = simd::ordered<xsimd::batch<T>>;
    using detail::is_a_number, detail::is_finite, detail::finite_only;
    std::mt19937 random(1);
    std::normal_distribution<float> normal(0, 4);
    std::vector<float> arguments{0, -0.0f, 1, -1, 88.5f, -88.5f, 100, -100, 1e-20f, 1e20f, -1e20f};
    if constexpr (!finite_only) {
        arguments.insert(arguments.end(), {INFINITY, -INFINITY, NAN});
    }
    while (arguments.size() < 2000) {
        arguments.push_back(normal(random));
    }
    double largest = 0;
    for (const float a : arguments) {
        const float b = normal(random), c = normal(random);
        std::array<T, vector::size> found;
        call(F{}, vector(a), vector(b), vector(c)).store_unaligned(found.data());
        const double expected = call(F{}, double{a}, double{b}, double{c});
        const auto rounded = static_cast<T>(expected);
        if (finite_only && !is_finite(rounded)) {
            continue;
        }
        const bool same_bits = std::bit_cast<detail::bits<T>>(found[0]) == std::bit_cast<detail::bits<T>>(rounded);
        if (found[0] == rounded || same_bits || (!is_a_number(found[0]) && !is_a_number(rounded))) {
            continue;
        }
        const double difference =
            std::abs(static_cast<double>(found[0]) - expected) / std::max(1.0, std::abs(expected));
        largest = std::max(largest, is_finite(difference) ? difference : std::numeric_limits<double>::max());
    }
    return largest;
}

template <class F>
void check_function()
{
    INFO("function: ", std::string(F::name));
    CHECK(error<F, float>() < 2e-5);
    CHECK(error<F, double>() < 1e-12);
}

template <class... F>
void check_all(type_list<F...>)
{
    const auto one = []<class Function>(Function) {
        // Functions of float alone have no definition in double: round_float16.cpp tests them.
        constexpr bool takes_double = contains(typename Function::elements{}, element::float64);
        if constexpr (takes_double && !detail::scalar_only<Function> && !detail::approximates<Function>) {
            check_function<Function>();
        }
    };
    (one(F{}), ...);
}

}  // namespace

TEST_CASE("every function on vectors agrees with its definition") { check_all(function_list{}); }
