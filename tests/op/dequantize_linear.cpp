// DequantizeLinear: differences that overflow the element type, and the scale that belongs to an element.
#include <cameo/op/dequantize_linear.hpp>
#include <doctest/doctest.h>
#include <vector>

using namespace cameo;

static_assert(result(dequantize_linear_spec{{}, i8<2, 3>, f32<1>}) == f32<2, 3>);
static_assert(check(dequantize_linear_spec{{}, i32<4>, f32<>}) == quantization_problem::none);
static_assert(check(dequantize_linear_spec{{{2, 0}}, u8<2, 3>, f32<3>}) ==
              quantization_problem::scale_must_be_one_number_or_one_for_each_place_along_the_axis);

namespace {

template <class T>
std::vector<float> dequantized(
    const dequantize_linear_spec& s, std::vector<T> x, std::vector<float> scale, std::vector<T> zero_point)
{
    std::vector<float> y(x.size());
    evaluate<T>(s, x, scale, zero_point, y);
    return y;
}

}  // namespace

TEST_CASE("differences of bytes are no bytes")
{
    CHECK(dequantized<std::uint8_t>({{}, u8<2>, f32<>, u8<>}, {0, 255}, {0.5f}, {128}) == std::vector{-64.0f, 63.5f});
    CHECK(dequantized<std::int8_t>({{}, i8<2>, f32<>, i8<>}, {-128, 127}, {2}, {127}) == std::vector{-510.0f, 0.0f});
}

TEST_CASE("a scale for each place along an axis")
{
    CHECK(dequantized<std::int32_t>({{{0, 0}}, i32<2, 2>, f32<2>}, {1, 2, 3, 4}, {1, 10}, {}) ==
          std::vector{1.0f, 2.0f, 30.0f, 40.0f});
}
