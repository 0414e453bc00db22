// Holds the fast path of Resize, row by row, against the definition in double.
#include "kernel/compare.hpp"
#include "kernel/random_spec.hpp"
#include <cameo/kernel/resize.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

struct layer_of_resize {
    resize_spec spec{};
    tensor_type y{};
};

/// Resizes columns, or rows and columns, by any factor; one value in three is plain.
constexpr layer_of_resize random_resize(int seed)
{
    using enum coordinate_transformation;
    test::dice roll(seed);
    resize_spec s;
    s.x = {element::float32, {roll(1, 2), roll(1, 20)}};
    s.to = s.x.shape;
    s.scales.fill(1);
    for (dim axes = roll(1, 2); axes > 0; --axes) {
        const dim extent = roll(1, 9);
        const double scale = roll.pick(0.6, 1.0, 2.0, 2.7);
        s.scales[index(s.x.shape.rank)] = scale;
        s.x.shape.append(extent);
        s.to.append(std::max<dim>(1, static_cast<dim>(scale * static_cast<double>(extent))));
    }
    s.mode = roll.pick(interpolation::nearest, interpolation::linear, interpolation::cubic);
    s.coordinates = roll.pick(half_pixel, asymmetric, align_corners, pytorch_half_pixel);
    s.nearest_mode = roll.pick(nearest_mode::floor, nearest_mode::round_prefer_ceil);
    s.antialias = s.mode != interpolation::nearest && roll.once_in(3);
    s.exclude_outside = s.mode == interpolation::cubic && roll.once_in(3);
    const tensor_type y = result(s);
    if (roll.once_in(3)) {
        return {s, y};
    }
    s.x = s.x.blocked(test::random_halo(roll, y.shape.rank));
    return {s, y.blocked(test::random_halo(roll, y.shape.rank))};
}

}  // namespace

TEST_CASE("random resizing")
{
    test::for_each_seed<32>([]<int Seed> {
        constexpr layer_of_resize layer = random_resize(Seed);
        static_assert(check(layer.spec) == resize_problem::none);
        static_assert(!requires { kernel<layer.spec, layer.y>::plain_definition; });
        CHECK(test::kernel_error<layer.spec, layer.y>(layer.spec.x) < 1e-6);
        return true;
    });
}

TEST_CASE("rows that are computed in parts")
{
    // Longer and shorter rows, whose columns read 1 or 2, or 18 columns of the input.
    constexpr resize_spec longer{
        {.scales = {1, 1, 2, 1.5}, .mode = interpolation::linear}, f32<1, 3, 2, 700>.blocked()},
        shorter{{.scales = {1, 1, 1.5, 0.11}, .mode = interpolation::linear, .antialias = true},
            f32<1, 3, 2, 1100>.blocked()};
    CHECK(test::kernel_error<longer, result(longer).blocked()>(longer.x) < 1e-6);
    CHECK(test::kernel_error<shorter, result(shorter).blocked()>(shorter.x) < 1e-6);
}
