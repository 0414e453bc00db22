// AveragePool: by how many elements it divides, with padding, count_include_pad and ceil_mode.
#include <cameo/op/average_pool.hpp>

namespace cameo {
namespace {

/// Averages windows of two with a stride of two over {1, 2, 3, 4}, padded by one on both sides; of the pad at the end,
/// `uncounted` is from ceil_mode.
constexpr std::array<double, 3> average(bool count_include_pad, dim uncounted)
{
    constexpr std::array<double, 4> x{1, 2, 3, 4};
    window w{.kernel_shape = {2}, .strides = {2}, .pads_begin = {1}, .pads_end = {1}};
    average_pool_spec s{{w, count_include_pad, {uncounted}}, f64<1, 1, 4>};
    std::array<double, 3> y{};
    evaluate(s, std::span<const double>(x), std::span<double>(y));
    return y;
}

static_assert(average(false, 0) == std::array{1.0, 2.5, 4.0});
static_assert(average(true, 0) == std::array{0.5, 2.5, 2.0});
static_assert(average(true, 1) == std::array{0.5, 2.5, 4.0});

static_assert(result(average_pool_spec{{.window = {.kernel_shape = {5, 7}}}, f32<1, 4, 5, 7>}) == f32<1, 4, 1, 1>);
// A global pool of what has no spatial axes is the identity.
static_assert(check(average_pool_spec{{}, f32<3, 4>}) == pool_problem::none);

}  // namespace
}  // namespace cameo
