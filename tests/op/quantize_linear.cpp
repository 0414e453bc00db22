// QuantizeLinear: ties, saturation, and the scale that belongs to an element.
#include <cameo/op/quantize_linear.hpp>
#include <doctest/doctest.h>
#include <vector>

using namespace cameo;

static_assert(result(quantize_linear_spec{{.to = element::int8}, f32<2, 3>, f32<1>}) == i8<2, 3>);
static_assert(check(quantize_linear_spec{{}, f32<2, 3>, f32<>}) == quantization_problem::none);
static_assert(check(quantize_linear_spec{{}, f32<2, 3>, f32<3>, u8<3>}) == quantization_problem::none);
static_assert(check(quantize_linear_spec{{}, f32<2, 3>, f32<2>}) ==
              quantization_problem::scale_must_be_one_number_or_one_for_each_place_along_the_axis);
static_assert(check(quantize_linear_spec{{}, f32<2, 3>, f32<3>, u8<>}) ==
              quantization_problem::zero_point_must_have_the_shape_of_the_scale);
static_assert(check(quantize_linear_spec{{.of = {1, 2}}, f32<2, 3>, f32<2, 2>}) == quantization_problem::none);
static_assert(check(quantize_linear_spec{{.of = {1, 2}}, f32<2, 3>, f32<2, 1>}) ==
              quantization_problem::scale_must_have_one_number_for_each_block_along_the_axis);
static_assert(check(quantize_linear_spec{{.to = element::int32}, f32<2, 3>, f32<>}) ==
              quantization_problem::element_type_is_not_supported);

static_assert(detail::nearest(2.5f) == 2 && detail::nearest(3.5f) == 4 && detail::nearest(-2.5f) == -2 &&
              detail::nearest(-0.75f) == -1 && detail::nearest(1e20f) == 1e20f);
static_assert(detail::saturated<std::int8_t>(-1e30f) == -128 && detail::saturated<std::uint8_t>(254.5f) == 254 &&
              detail::saturated<std::uint8_t>(-0.4f) == 0);

namespace {

template <class R>
std::vector<int> quantized(
    const quantize_linear_spec& s, std::vector<float> x, std::vector<float> scale, std::vector<R> zero_point)
{
    std::vector<R> y(x.size());
    evaluate<R>(s, x, scale, zero_point, y);
    return {y.begin(), y.end()};
}

}  // namespace

TEST_CASE("halves go to even before the zero point is added")
{
    CHECK(quantized<std::uint8_t>({{}, f32<4>, f32<>, u8<>}, {1, 3, -1, 5}, {2}, {1}) == std::vector{1, 3, 1, 3});
}

TEST_CASE("saturation")
{
    CHECK(quantized<std::int8_t>({{.to = element::int8}, f32<3>, f32<>}, {-1e9f, 1e9f, 127.5f}, {1}, {}) ==
          std::vector{-128, 127, 127});
}

TEST_CASE("a scale for each place and for each block")
{
    CHECK(quantized<std::uint8_t>({{}, f32<2, 2>, f32<2>, u8<2>}, {1, 1, 2, 2}, {1, 0.5}, {0, 10}) ==
          std::vector{1, 12, 2, 14});
    CHECK(quantized<std::uint8_t>({{.of = {1, 2}}, f32<1, 3>, f32<1, 2>}, {1, 2, 3}, {1, 0.5}, {}) ==
          std::vector{1, 2, 6});
}
