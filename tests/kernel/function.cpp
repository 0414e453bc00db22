#include <cameo/kernel/apply.hpp>
#include <cmath>
#include <doctest/doctest.h>
#include <random>

using namespace cameo;

namespace {

template <class F, class... A>
concept takes = requires(F f, A... a) { f(a...); };

/// A function on as many of three arguments as it takes.
template <class F, class V>
auto call(F f, const V& a, const V& b, const V& c)
{
    if constexpr (takes<F, V>) return simd::call(f, a);
    else if constexpr (takes<F, V, V>) return simd::call(f, a, b);
    else return simd::call(f, a, b, c);
}

/// Largest difference between a function on vectors of floats and its definition in double, over the larger of 1 and the result; infinite
/// where one is NaN and the other is not.
template <class F>
double error()
{
    using vector = xsimd::batch<float>;
    std::mt19937 random(1);
    std::normal_distribution<float> normal(0, 4);
    std::vector<float> arguments{0, -0.0f, 1, -1, INFINITY, -INFINITY, NAN, 88.5f, -88.5f, 100, -100, 1e-20f, 1e20f, -1e20f};
    while (arguments.size() < 2000) arguments.push_back(normal(random));
    double largest = 0;
    for (const float a : arguments) {
        const float b = normal(random), c = normal(random);
        std::array<float, vector::size> found;
        call(F{}, vector(a), vector(b), vector(c)).store_unaligned(found.data());
        const double expected = call(F{}, double{a}, double{b}, double{c});
        const auto rounded = static_cast<float>(expected);
        if (found[0] == rounded || (std::isnan(found[0]) && std::isnan(rounded))) continue;
        const double difference = std::abs(static_cast<double>(found[0]) - expected) / std::max(1.0, std::abs(expected));
        largest = std::max(largest, std::isfinite(difference) ? difference : INFINITY);
    }
    return largest;
}

template <class F>
void check_function()
{
    INFO("function: ", std::string(F::name));
    CHECK(error<F>() < 2e-5);
}

template <class... F>
void check_all(type_list<F...>)
{
    const auto one = []<class Function>(Function) {
        if constexpr (!detail::scalar_only<Function>) check_function<Function>();
    };
    (one(F{}), ...);
}

/// Units in the last place between found and exact.
double units(float found, double exact)
{
    const float above = std::nextafter(std::abs(static_cast<float>(exact)), INFINITY);
    return std::abs(found - exact) / (above - std::abs(static_cast<float>(exact)));
}

}  // namespace

TEST_CASE("every function on vectors agrees with its definition") { check_all(function_list{}); }

TEST_CASE("tanh is within 5 units in the last place and never beyond 1, a gate within 4")
{
    using vector = xsimd::batch<float>;
    double largest_tanh = 0, largest_gate = 0;
    float bound = 0;
    const auto first = [](const vector& all) {
        std::array<float, vector::size> found;
        all.store_unaligned(found.data());
        return found[0];
    };
    for (float x = 1e-6f; x < 80; x *= 1.00003f) {
        const float tanh = first(simd::call(functions::tanh{}, vector(x)));
        largest_tanh = std::max(largest_tanh, units(tanh, std::tanh(static_cast<double>(x))));
        bound = std::max(bound, tanh);
        for (const float y : {x, -x}) largest_gate = std::max(largest_gate, units(first(simd::gate(vector(y))), 1 / (1 + std::exp(-static_cast<double>(y)))));
    }
    CHECK(largest_tanh < 5);
    CHECK(bound <= 1);
    CHECK(largest_gate <= 4);
    CHECK(first(simd::gate(vector(-1000.0f))) < 1e-37f);
    CHECK(first(simd::gate(vector(1000.0f))) == 1);
    CHECK(std::isnan(first(simd::gate(vector(NAN)))));
}
