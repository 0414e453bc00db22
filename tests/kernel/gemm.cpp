// Holds the fast paths of Gemm against the definition in double: one row or many, addends, epilogues, random layers.
#include "kernel/compare.hpp"
#include "kernel/random_spec.hpp"
#include <cameo/kernel/gemm.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

/// Measures the error of the fast path of a Gemm whose operands are stored as it requires.
template <gemm_spec Spec, tensor_type Y>
double stored_error()
{
    static constexpr gemm_spec spec = Spec;
    static_assert(!requires { kernel<Spec, Y>::plain_definition; });
    const test::operand_values b(spec.b, 1 / std::sqrt(static_cast<double>(spec.k())));
    return test::kernel_error<Spec, Y>(spec.a, b, spec.c, spec.residual);
}

/// Weights and addend are known when the network is generated.
constexpr layer_context constants{.is_fixed = {false, true, true}};

/// Measures the error for these shapes, with constants stored as the generator would store them.
template <dim M, dim K, dim N, gemm_attributes A = gemm_attributes{}, tensor_type C = f32<N>, bool Residual = false,
    bool Blocked = false>
double error()
{
    constexpr gemm_attributes attributes{A.alpha, A.beta, false, true, A.epilogue};
    constexpr gemm_spec shapes{attributes, f32<M, K>, f32<N, K>, C};
    constexpr layouts wanted = wanted_layouts(shapes, constants);
    constexpr auto in = [](const tensor_type& t) { return Blocked ? t.blocked() : t; };
    constexpr tensor_type a = in(f32<M, K>), b = f32<N, K>.stored(wanted.operands[1]), c = C.stored(wanted.operands[2]),
                          y = in(f32<M, N>);
    constexpr gemm_spec spec{attributes, a, b, c, Residual ? y : absent};
    return stored_error<spec, y>();
}

constexpr double tolerance = 2e-6;
constexpr gemm_attributes activated{.epilogue = relu(operand<0>)}, scaled{.alpha = 0.5, .beta = -2},
    residual{.epilogue = sigmoid(add(operand<0>, operand<1>))};

/// A Gemm and the type of its result, with its storage.
struct layer_of_gemm {
    gemm_spec spec{};
    tensor_type y{};
};

constexpr tensor_type random_addend(test::dice& roll, dim m, dim n)
{
    if (roll.once_in(4)) {
        return absent;
    }
    return {element::float32,
        roll.pick(shape{n}, shape{n}, shape{1}, shape{}, shape{m, n}, shape{m, 1}, shape{1, n}, shape{1, 1})};
}

/// Makes a random Gemm. One in four has one row and few outputs; one in eight has operands that no fast path takes.
constexpr layer_of_gemm random_gemm(int seed)
{
    test::dice roll(seed);
    const bool few = seed % 4 == 0;
    const dim m = few ? 1 : roll.within({{1, 1}, {2, 6}, {7, 30}}), k = roll.within({{1, 8}, {9, 90}}),
              n = few ? roll(1, 3) : roll.within({{1, 4}, {4, 20}, {20, 90}});
    const bool plain = roll.once_in(8), residual = roll.once_in(3);
    gemm_spec s{{.transpose_a = plain, .transpose_b = true}, {element::float32, {m, k}}, {element::float32, {n, k}},
        random_addend(roll, m, n)};
    if (plain) {
        std::swap(s.a.shape[0], s.a.shape[1]);
    }
    if (roll.once_in(3)) {
        s.alpha = 0.75;
    }
    if (roll.once_in(3)) {
        s.beta = -1.5;
    }
    s.epilogue = test::random_epilogue(roll, residual);
    const layouts wanted = wanted_layouts(s, constants);
    const auto either = [&](const tensor_type& t) {
        return choose_method(s) == gemm_method::blocked && roll.once_in(3) ? t.blocked() : t;
    };
    const tensor_type y = either(result(s));
    if (residual) {
        s.residual = either(result(s));
    }
    s.a = either(s.a);
    s.b = s.b.stored(wanted.operands[1]);
    if (s.c.present() && !roll.once_in(4)) {
        s.c = s.c.stored(wanted.operands[2]);
    }
    return {s, y};
}

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
    CHECK(error<1, 40, 3, scaled>() < tolerance);
    CHECK(error<1, 3, 2>() < tolerance);
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

TEST_CASE("products of two values of a network")
{
    CHECK(stored_error<gemm_spec{{}, f32<12, 40>, f32<40, 37>}, f32<12, 37>>() < tolerance);
    CHECK(stored_error<gemm_spec{scaled, f32<1, 33>, f32<33, 6>, f32<6>}, f32<1, 6>>() < tolerance);
    CHECK(stored_error<gemm_spec{residual, f32<9, 7>, f32<7, 2>, f32<9, 1>, f32<9, 2>}, f32<9, 2>>() < tolerance);
}

TEST_CASE("random dense layers")
{
    test::for_each_seed<32>([]<int Seed> {
        constexpr layer_of_gemm layer = random_gemm(Seed);
        static_assert(check(layer.spec) == gemm_problem::none);
        if constexpr (choose_method(layer.spec) == gemm_method::plain) {
            return false;
        } else {
            CHECK(stored_error<layer.spec, layer.y>() < tolerance);
            return true;
        }
    });
}
