#include "kernel/compare.hpp"
#include <cameo/kernel/gemm.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

/// The error of the fast path of a Gemm of these shapes, its constants stored as the generator would.
template <dim M, dim K, dim N, gemm_attributes A = gemm_attributes{}, tensor_type C = f32<N>, bool Residual = false, bool Blocked = false>
double error()
{
    constexpr gemm_attributes attributes{A.alpha, A.beta, false, true, A.then};
    constexpr gemm_spec shapes{attributes, f32<M, K>, f32<N, K>, C};
    constexpr gemm_storage wanted = wanted_storage(shapes);
    constexpr auto in = [](const tensor_type& t) { return Blocked ? t.blocked() : t; };
    constexpr tensor_type a = in(f32<M, K>), b = f32<N, K>.stored(wanted.b), c = C.stored(wanted.c), y = in(f32<M, N>);
    constexpr tensor_type residual = Residual ? y : absent;
    constexpr gemm_spec spec{attributes, a, b, c, residual};
    static_assert(!requires { kernel<spec, y>::plain_definition; });
    return test::kernel_error<spec, y>(a, b, c, residual);
}

constexpr double tolerance = 2e-6;
constexpr gemm_attributes activated{.then = relu(operand<0>)}, scaled{.alpha = 0.5, .beta = -2}, residual{.then = sigmoid(add(operand<0>, operand<1>))};

}  // namespace

TEST_CASE("one row")
{
    CHECK(error<1, 16, 64, activated>() < tolerance);
    CHECK(error<1, 64, 32>() < tolerance);
    CHECK(error<1, 32, 5>() < tolerance);
    CHECK(error<1, 7, 10>() < tolerance);
    CHECK(error<1, 1, 40>() < tolerance);
    CHECK(error<1, 3, 130, activated, absent>() < tolerance);
    CHECK(error<1, 300, 1000>() < tolerance);
}

TEST_CASE("one row and few outputs")
{
    CHECK(error<1, 16, 1>() < tolerance);
    CHECK(error<1, 150, 3, activated>() < tolerance);
    CHECK(error<1, 5, 2, residual, f32<1>, true>() < tolerance);
}

TEST_CASE("many rows")
{
    CHECK(error<2, 16, 64>() < tolerance);
    CHECK(error<14, 33, 64>() < tolerance);
    CHECK(error<17, 20, 37, activated>() < tolerance);
    CHECK(error<100, 16, 3>() < tolerance);
}

TEST_CASE("scales, addends of every shape, residuals")
{
    CHECK(error<3, 16, 20, scaled>() < tolerance);
    CHECK(error<3, 16, 20, scaled, absent>() < tolerance);
    CHECK(error<3, 16, 20, scaled, f32<3, 20>>() < tolerance);
    CHECK(error<3, 16, 20, gemm_attributes{}, f32<3, 1>>() < tolerance);
    CHECK(error<3, 16, 20, gemm_attributes{}, f32<1>>() < tolerance);
    CHECK(error<3, 16, 21, residual, f32<21>, true>() < tolerance);
}

TEST_CASE("blocked operands and results")
{
    CHECK(error<1, 20, 21, residual, f32<21>, true, true>() < tolerance);
    CHECK(error<5, 20, 40, residual, f32<40>, true, true>() < tolerance);
}
