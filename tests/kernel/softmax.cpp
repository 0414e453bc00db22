#include "kernel/compare.hpp"
#include <cameo/kernel/softmax.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

template <tensor_type X, int First, bool Logarithm = false>
double error()
{
    constexpr softmax_spec spec{{First, X.shape.rank, Logarithm}, X};
    static_assert(!requires { kernel<spec, X>::plain_definition; });
    return test::kernel_error<spec, X>(X);
}

constexpr double tolerance = 1e-6;

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
