// Holds the fast paths of Softmax and LogSoftmax against the definition in double.
#include "kernel/compare.hpp"
#include "kernel/random_spec.hpp"
#include <cameo/kernel/softmax.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

template <tensor_type X, int First, bool Logarithm = false, int Last = X.shape.rank>
double error()
{
    constexpr softmax_spec spec{{First, Last, Logarithm}, X};
    static_assert(!requires { kernel<spec, X>::plain_definition; });
    return test::kernel_error<spec, X>(X);
}

constexpr double tolerance = 1e-6;

/// Makes a softmax over one axis or several; one in six is of double.
constexpr softmax_spec random_softmax(int seed)
{
    test::dice roll(seed);
    softmax_spec s;
    s.x.element = roll.once_in(6) ? element::float64 : element::float32;
    for (dim rank = roll(1, 4); rank > 1; --rank) {
        s.x.shape.append(roll(1, 5));
    }
    s.x.shape.append(roll.within({{1, 8}, {9, 70}, {1, 1}}));
    s.first = static_cast<int>(roll(0, s.x.shape.rank));
    s.last = roll.once_in(3) ? static_cast<int>(roll(s.first, s.x.shape.rank)) : s.x.shape.rank;
    s.logarithm = roll.once_in(2);
    return s;
}

}  // namespace

TEST_CASE("softmax over the last axes")
{
    CHECK(error<f32<1, 10>, 1>() < tolerance);
    CHECK(error<f32<7, 3>, 1>() < tolerance);
    CHECK(error<f32<2, 5, 37>, 2>() < tolerance);
    CHECK(error<f32<2, 5, 37>, 1>() < tolerance);
    CHECK(error<f32<1000>, 0>() < tolerance);
    CHECK(error<f32<4, 1>, 1>() < tolerance);
}

TEST_CASE("its logarithm")
{
    CHECK(error<f32<3, 33>, 1, true>() < tolerance);
    CHECK(error<f32<3, 5>, 1, true>() < tolerance);
}

TEST_CASE("softmax over other axes")
{
    CHECK(error<f32<2, 21, 5, 7>, 1, false, 2>() < tolerance);
    CHECK(error<f32<3, 37>, 0, true, 1>() < tolerance);
    CHECK(error<f32<4, 3, 2>, 0, false, 2>() < tolerance);
}

TEST_CASE("large numbers")
{
    constexpr softmax_spec spec{{1, 2}, f32<1, 5>};
    const std::array<float, 5> x{1000, 1000, -1000, 1000, -INFINITY};
    std::array<float, 5> y{};
    kernel<spec, f32<1, 5>>::run(std::span<const float>(x), std::span<float>(y));
    CHECK(y[0] == doctest::Approx(1.0 / 3));
    CHECK(y[2] == 0);
    CHECK(y[4] == 0);
}

TEST_CASE("random softmax")
{
    test::for_each_seed<40>([]<int Seed> {
        constexpr softmax_spec spec = random_softmax(Seed);
        static_assert(check(spec) == softmax_problem::none);
        static_assert(!requires { kernel<spec, spec.x>::plain_definition; });
        CHECK(test::kernel_error<spec, spec.x>(spec.x) < (spec.x.element == element::float64 ? 2e-15 : tolerance));
        return true;
    });
}
