// Tile: the order of copies, none of them, and too many.
#include <cameo/op/tile.hpp>

namespace cameo {
namespace {

constexpr std::array<double, 8> tiled()
{
    constexpr std::array<double, 4> x{1, 2, 3, 4};
    std::array<double, 8> y{};
    evaluate(tile_spec{{{1, 2}}, f64<2, 2>}, std::span<const double>(x), std::span<double>(y));
    return y;
}

static_assert(tiled() == std::array{1.0, 2.0, 1.0, 2.0, 3.0, 4.0, 3.0, 4.0});
static_assert(result(tile_spec{{{0, 3}}, f32<2, 2>}) == f32<0, 6>);
static_assert(check(tile_spec{{{2}}, f32<2, 2>}) == tile_problem::repeats_need_one_number_per_axis);
static_assert(check(tile_spec{{{-1}}, f32<2>}) == tile_problem::repeats_are_negative_or_too_large);
static_assert(check(tile_spec{{{max_count}}, f32<2>}) == tile_problem::repeats_are_negative_or_too_large);

}  // namespace
}  // namespace cameo
