// MatMul: broadcasting of batches, what it refuses, and a product with an epilogue computed by hand.
#include <cameo/op/matmul.hpp>

using namespace cameo;

namespace {

constexpr matmul_spec batches{{}, f32<3, 1, 2, 4>, f32<5, 4, 6>};
static_assert(check(batches) == matmul_problem::none && result(batches) == f32<3, 5, 2, 6>);
static_assert(check(matmul_spec{{}, f32<4>, f32<4, 6>}) == matmul_problem::operands_must_have_at_least_two_axes);
static_assert(check(matmul_spec{{}, f32<2, 3>, f32<4, 6>}) == matmul_problem::columns_of_a_must_equal_rows_of_b);
static_assert(check(matmul_spec{{}, f32<2, 2, 3>, f32<3, 3, 6>}) == matmul_problem::batches_must_broadcast_together);

/// Multiplies one row on the left by two matrices, then applies an epilogue.
constexpr auto product = [] {
    constexpr matmul_spec s{{.epilogue = max(operand<0>, operand<1>)}, i32<1, 1, 2>, i32<2, 2, 2>, i32<2, 1, 2>};
    static_assert(check(s) == matmul_problem::none);
    const std::array<std::int32_t, 2> a{1, 2};
    const std::array<std::int32_t, 8> b{1, 2, 3, 4, 5, 6, 7, 8};
    const std::array<std::int32_t, 4> residual{0, 100, 0, 0};
    std::array<std::int32_t, 4> y{};
    evaluate<std::int32_t>(s, a, b, residual, y);
    return y;
}();
static_assert(product == std::array<std::int32_t, 4>{7, 100, 19, 22});

}  // namespace
