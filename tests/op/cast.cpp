// Cast is total: a float beyond an integer's range, which C++ leaves undefined, becomes the nearest bound.
#include <cameo/op/cast.hpp>

namespace cameo {
namespace {

using limits = std::numeric_limits<std::int32_t>;
constexpr float infinity = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();

static_assert(result(cast_spec{{element::int64}, f32<2, 3>}) == i64<2, 3>);
static_assert(check(cast_spec{{element::none}, f32<2>}) == cast_problem::element_type_is_not_supported);

static_assert(detail::convert<std::int32_t>(-1.9f) == -1);
static_assert(
    detail::convert<std::int32_t>(3e9f) == limits::max() && detail::convert<std::int32_t>(-3e9f) == limits::min());
static_assert(detail::convert<std::int32_t>(infinity) == limits::max() && detail::convert<std::int32_t>(nan) == 0);
static_assert(detail::convert<std::uint8_t>(255.5) == 255 && detail::convert<std::uint8_t>(-1.0) == 0);
static_assert(detail::convert<std::int64_t>(9.3e18) == std::numeric_limits<std::int64_t>::max());
static_assert(detail::convert<bool>(0.25f) && detail::convert<bool>(nan) && !detail::convert<bool>(-0.0f));
static_assert(detail::convert<std::uint8_t>(std::int32_t{257}) == 1, "integers wrap");

}  // namespace
}  // namespace cameo
