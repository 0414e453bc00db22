// Holds the fast path of MatMul against the definition in double, with batches that broadcast and epilogues.
#include "kernel/compare.hpp"
#include "kernel/random_spec.hpp"
#include <cameo/kernel/matmul.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

template <matmul_spec Spec>
double stored_error()
{
    constexpr tensor_type y = result(Spec);
    static constexpr matmul_spec spec = Spec;
    static_assert(!requires { kernel<Spec, y>::plain_definition; });
    return test::kernel_error<Spec, y>(
        spec.a, test::operand_values(spec.b, 1 / std::sqrt(static_cast<double>(spec.k()))), spec.residual);
}

template <tensor_type A, tensor_type B, elementwise_expression Then = elementwise_expression{}>
double error()
{
    constexpr matmul_spec product{{}, A, B};
    return stored_error<matmul_spec{{Then}, A, B, Then.operands() == 2 ? result(product) : absent}>();
}

constexpr double tolerance = 2e-6;

/// Makes a random product. Some batches broadcast, some rows of b are shorter than a vector; one in eight is of double,
/// which no fast path takes.
constexpr matmul_spec random_matmul(int seed)
{
    test::dice roll(seed);
    const dim m = roll.within({{1, 1}, {2, 8}, {9, 40}}), k = roll.within({{1, 8}, {9, 90}}),
              n = roll.within({{1, 4}, {4, 20}, {20, 90}});
    matmul_spec s;
    s.a.element = s.b.element = roll.once_in(8) ? element::float64 : element::float32;
    const dim outer = roll(1, 3), inner = roll(1, 3);
    if (roll.once_in(2)) {
        s.a.shape = {roll.once_in(3) ? 1 : outer, roll.once_in(3) ? 1 : inner};
    }
    if (roll.once_in(2)) {
        s.b.shape = {roll.once_in(3) ? 1 : inner};
    }
    s.a.shape.append(m), s.a.shape.append(k);
    s.b.shape.append(k), s.b.shape.append(n);
    const bool residual = roll.once_in(3);
    s.epilogue = test::random_epilogue(roll, residual);
    if (residual) {
        s.residual = result(s);
    }
    return s;
}

}  // namespace

TEST_CASE("products of batches of matrices")
{
    CHECK(error<f32<4, 16, 64>, f32<4, 64, 32>>() < tolerance);
    CHECK(error<f32<1, 4, 17, 33>, f32<1, 4, 33, 48>>() < tolerance);
    CHECK(error<f32<2, 8, 5>, f32<2, 5, 7>>() < tolerance);
    CHECK(error<f32<5, 1, 30>, f32<5, 30, 100>>() < tolerance);
}

TEST_CASE("batches that broadcast")
{
    CHECK(error<f32<3, 1, 6, 20>, f32<4, 20, 35>>() < tolerance);
    CHECK(error<f32<6, 20>, f32<3, 20, 16>>() < tolerance);
    CHECK(error<f32<2, 3, 6, 20>, f32<20, 16>>() < tolerance);
}

TEST_CASE("rows of few outputs")
{
    CHECK(error<f32<2, 9, 40>, f32<2, 40, 1>>() < tolerance);
    CHECK(error<f32<2, 9, 40>, f32<2, 40, 3>>() < tolerance);
    CHECK(error<f32<2, 9, 1>, f32<2, 1, 5>>() < tolerance);
}

TEST_CASE("activations and residuals")
{
    CHECK(error<f32<2, 9, 40>, f32<2, 40, 21>, mul(operand<0>, 0.125)>() < tolerance);
    CHECK(error<f32<2, 9, 40>, f32<2, 40, 21>, sigmoid(add(operand<0>, operand<1>))>() < tolerance);
}

TEST_CASE("random products")
{
    test::for_each_seed<32>([]<int Seed> {
        constexpr matmul_spec spec = random_matmul(Seed);
        static_assert(check(spec) == matmul_problem::none);
        if constexpr (spec.a.element != element::float32) {
            return false;
        } else {
            CHECK(stored_error<spec>() < tolerance);
            return true;
        }
    });
}
