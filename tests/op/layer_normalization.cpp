// LayerNormalization: its shape rule and what it refuses.
#include <cameo/op/layer_normalization.hpp>

namespace cameo {
namespace {

using enum layer_normalization_problem;

constexpr layer_normalization_spec over(
    int axis, const tensor_type& x, const tensor_type& scale, const tensor_type& bias = absent)
{
    return {{.axis = axis}, x, scale, bias};
}

static_assert(result(over(1, f64<2, 3, 4>, f64<3, 4>)) == std::array{f64<2, 3, 4>, f32<2, 1, 1>, f32<2, 1, 1>});
static_assert(check(over(1, f32<2, 3, 4>, f32<3, 1>, f32<4>)) == layer_normalization_problem::none);
static_assert(check(over(3, f32<2, 3, 4>, f32<1>)) == layer_normalization_problem::none);
static_assert(check(over(4, f32<2, 3, 4>, f32<1>)) == axis_is_out_of_range);
static_assert(check(over(1, f32<2, 3, 4>, absent)) == scale_must_broadcast_to_the_input);
static_assert(check(over(1, f32<2, 3, 1>, f32<4>)) == scale_must_broadcast_to_the_input);
static_assert(check(over(1, f32<2, 3, 4>, f32<4>, f32<3>)) == bias_must_broadcast_to_the_input);
static_assert(check(layer_normalization_spec{{.stash = element::int32}, f32<2>, f32<2>}) ==
              mean_and_deviation_must_be_computed_in_float32_or_float64);

}  // namespace
}  // namespace cameo
