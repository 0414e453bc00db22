// Holds the fast path of ConvTranspose against the definition in double, on chosen and random shapes.
#include "kernel/compare.hpp"
#include "kernel/random_spec.hpp"
#include <cameo/kernel/conv_transpose.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

/// Measures the error of the fast path for these shapes, stored as the generator would store them, with wider halos.
template <conv_transpose_spec Shapes, halo Around = halo{}>
double stored_error()
{
    static constexpr conv_transpose_spec shapes = Shapes;
    static_assert(check(shapes) == conv_transpose_problem::none && transposes_blocks(shapes));
    constexpr halo n = needed_halo(shapes), a = Around;
    constexpr tensor_type y = result(shapes).blocked(Around), w = shapes.w.stored({layout::filter_transposed});
    constexpr tensor_type x =
        shapes.x.blocked({n.top + a.top, n.left + a.left, n.bottom + a.bottom, n.right + a.right});
    constexpr tensor_type b = shapes.b.present() ? shapes.b.blocked() : absent,
                          residual = shapes.residual.present() ? y : absent;
    constexpr conv_transpose_spec spec{shapes, x, w, b, residual};
    static_assert(!requires { kernel<spec, y>::plain_definition; });
    const test::operand_values weights(w, 1 / std::sqrt(static_cast<double>(w.shape[0])));
    return test::kernel_error<spec, y>(x, weights, b, residual);
}

template <tensor_type X, tensor_type W, conv_transpose_attributes A, halo Around = halo{}>
double error()
{
    return stored_error<conv_transpose_spec{A, X, W, f32<W.shape[1]>}, Around>();
}

constexpr conv_transpose_attributes doubling(dim pad, dim pad_end)
{
    return {.window = {.strides = {2, 2}, .pads_begin = {pad, pad}, .pads_end = {pad_end, pad_end}},
        .epilogue = relu(operand<0>)};
}

constexpr double tolerance = 2e-6;

/// Chooses any strides, dilations and pads, with kernels shorter and longer than the strides.
constexpr conv_transpose_spec random_conv_transpose(int seed)
{
    test::dice roll(seed);
    for (;;) {
        conv_transpose_spec s;
        const dim channels = roll.within({{1, 15}, {16, 50}}), filters = roll.within({{1, 15}, {16, 70}});
        s.x = {element::float32, {roll(1, 2), channels}};
        s.w = {element::float32, {channels, filters}};
        if (!roll.once_in(3)) {
            s.b = {element::float32, {filters}};
        }
        const dim axes = roll.pick(1, 2, 2);
        for (dim a = 0; a < axes; ++a) {
            s.x.shape.append(roll(1, 12));
            s.w.shape.append(roll(1, 5));
            s.window.strides.append(roll.pick(1, 2, 2, 3));
            s.window.dilations.append(roll.pick(1, 1, 2, 3));
            s.window.pads_begin.append(roll(-1, 3));
            s.window.pads_end.append(roll(-1, 3));
        }
        if (check(s) != conv_transpose_problem::none) {
            continue;
        }
        if (roll.once_in(3)) {
            s.residual = result(s);
        }
        s.epilogue = test::random_epilogue(roll, s.residual.present());
        return s;
    }
}

constexpr halo halo_of(int seed, int rank)
{
    test::dice roll(1000 + seed);
    return test::random_halo(roll, rank);
}

}  // namespace

TEST_CASE("images of twice the extent")
{
    CHECK(error<f32<1, 32, 6, 7>, f32<32, 16, 2, 2>, doubling(0, 0)>() < tolerance);
    CHECK(error<f32<2, 20, 6, 7>, f32<20, 33, 3, 3>, doubling(1, 0)>() < tolerance);
    CHECK(error<f32<1, 16, 9, 30>, f32<16, 32, 4, 4>, doubling(1, 1), halo{1, 2, 3, 4}>() < tolerance);
}

TEST_CASE("strides of one, of more than the kernel, along one axis")
{
    CHECK(error<f32<1, 16, 9, 8>, f32<16, 20, 3, 3>,
              conv_transpose_attributes{.window = {.pads_begin = {1, 1}, .pads_end = {1, 1}}}>() < tolerance);
    CHECK(error<f32<1, 16, 5, 5>, f32<16, 16, 1, 1>, conv_transpose_attributes{.window = {.strides = {3, 2}}}>() <
          tolerance);
    CHECK(error<f32<1, 24, 40>, f32<24, 12, 8>,
              conv_transpose_attributes{.window = {.strides = {4}, .pads_begin = {2}, .pads_end = {2}}}>() < tolerance);
}

TEST_CASE("random transposed convolutions")
{
    test::for_each_seed<40>([]<int Seed> {
        constexpr conv_transpose_spec spec = random_conv_transpose(Seed);
        CHECK(stored_error<spec, halo_of(Seed, spec.x.shape.rank)>() < tolerance);
        return true;
    });
}
