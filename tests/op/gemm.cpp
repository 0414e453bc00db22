// Gemm: transposition, the shapes that C may have, and integers.
#include <cameo/op/gemm.hpp>

namespace cameo {
namespace {

static_assert(result(gemm_spec{{}, f32<2, 3>, f32<3, 4>}) == f32<2, 4>);
static_assert(result(gemm_spec{{.transpose_a = true, .transpose_b = true}, f32<3, 2>, f32<4, 3>}) == f32<2, 4>);

using enum gemm_problem;
static_assert(check(gemm_spec{{}, f32<2, 3>, f32<3, 4>, f32<4>}) == none);
static_assert(check(gemm_spec{{}, f32<2, 3>, f32<3, 4>, f32<2, 1>}) == none);
static_assert(check(gemm_spec{{}, f32<2, 3>, f32<3, 4>, f32<>}) == none);
static_assert(check(gemm_spec{{}, f32<1, 2, 3>, f32<3, 4>}) == operands_must_be_matrices);
static_assert(check(gemm_spec{{}, f32<2, 3>, f32<4, 3>}) == inner_extents_of_a_and_b_must_be_equal);
static_assert(check(gemm_spec{{}, f32<2, 3>, f32<3, 4>, f32<3>}) == c_must_broadcast_to_the_result);
static_assert(check(gemm_spec{{}, f32<1, 3>, f32<3, 4>, f32<2, 4>}) == c_must_broadcast_to_the_result,
    "the result does not grow");
static_assert(check(gemm_spec{{.epilogue = cameo::less(operand<0>, 0)}, f32<2, 3>, f32<3, 4>}) ==
              epilogue_does_not_fit_the_result);

// Of weights in 8 and 4 bits.
constexpr gemm_problem scaled(
    tensor_type b, tensor_type scale, weight_format w = {}, tensor_type zero_point = absent, bool transposed = true)
{
    return check(gemm_spec{{.transpose_b = transposed, .weights = w}, f32<2, 5>, b, absent, absent, scale, zero_point});
}
constexpr gemm_problem scales = weights_that_are_scaled_must_be_N_x_K_bytes_with_a_scale_for_each_block;
static_assert(scaled(i8<4, 5>, f32<4, 1>) == none);
static_assert(scaled(u8<4, 5>, f32<4, 2>, {.block_size = 3}, u8<4, 2>) == none);
static_assert(scaled(u8<4, 3>, f32<4, 1>, {.packed = element::uint4}) == none);
static_assert(scaled(i8<4, 5>, absent) == scales, "integers are no floats");
static_assert(scaled(i8<4, 5>, f32<4>) == scales);
static_assert(scaled(i8<4, 5>, f32<4, 2>, {.block_size = 5}) == scales);
static_assert(scaled(i8<4, 5>, f32<4, 1>, {}, i8<4>) == scales);
static_assert(scaled(i8<5, 4>, f32<4, 1>, {}, absent, false) == scales);
static_assert(scaled(f32<4, 5>, f32<4, 1>) == scales);
static_assert(scaled(i8<4, 5>, f32<4, 1>, {.packed = element::int4}) == inner_extents_of_a_and_b_must_be_equal);
static_assert(scaled(u8<4, 3>, f32<4, 1>, {.packed = element::uint2}) == scales);

template <class T>
constexpr std::array<T, 4> product(const gemm_attributes& a, tensor_type c = absent, std::span<const T> added = {})
{
    constexpr tensor_type square{element_of<T>, {2, 2}};
    const std::array<T, 4> left{1, 2, 3, 4}, right{5, 6, 7, 8};
    std::array<T, 4> y{};
    evaluate<T, T>(gemm_spec{a, square, square, c}, left, right, added, {}, {}, {}, y);
    return y;
}
static_assert(product<float>({}) == std::array{19.0f, 22.0f, 43.0f, 50.0f});
static_assert(product<float>({.transpose_a = true}) == std::array{26.0f, 30.0f, 38.0f, 44.0f});
static_assert(product<float>({.transpose_b = true}) == std::array{17.0f, 23.0f, 39.0f, 53.0f});
static_assert(product<std::int64_t>({}) == std::array<std::int64_t, 4>{19, 22, 43, 50});

constexpr std::array<float, 2> column{1, 2};
static_assert(product<float>({.alpha = 2, .beta = 10}, f32<2, 1>, column) == std::array{48.0f, 54.0f, 106.0f, 120.0f});
static_assert(product<float>({.epilogue = max(operand<0>, 20)}) == std::array{20.0f, 22.0f, 43.0f, 50.0f});

}  // namespace
}  // namespace cameo
