// Holds every fast path of Conv against the definition in double: each method, epilogues, halos, rings, random shapes.
#include "kernel/compare.hpp"
#include "kernel/random_spec.hpp"
#include <cameo/kernel/conv.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

/// The halos of the operands and the result, beyond what the windows read.
struct halos {
    halo x{}, residual{}, y{};
};

/// Widens the halo that is needed. Unlike pads, the result is never negative.
constexpr halo widened(const halo& needed, const halo& by)
{
    const auto side = [](dim a, dim b) { return std::max<dim>(a, 0) + b; };
    return {side(needed.top, by.top), side(needed.left, by.left), side(needed.bottom, by.bottom),
        side(needed.right, by.right)};
}

/// Measures the error of the fast path for these shapes, stored as the generator would store them.
template <conv_spec Shapes, halos Around>
double stored_error()
{
    static constexpr conv_spec shapes = Shapes;
    static constexpr halos around = Around;
    constexpr conv_method method = choose_method(shapes);
    static_assert(method != conv_method::plain && check(shapes) == conv_problem::none);
    constexpr auto as_result = [](const tensor_type& t, const halo& h) {
        constexpr layout a = result_layout(method);
        return t.stored({a, a == layout::plain ? halo{} : h});
    };
    constexpr tensor_type y = as_result(result(shapes), around.y);
    constexpr layout in = input_layout(shapes);
    constexpr tensor_type x =
        shapes.x.stored({in, in == layout::plain ? halo{} : widened(needed_halo(shapes), around.x)});
    constexpr tensor_type w = shapes.w.stored({filter_layout(method)});
    constexpr tensor_type b = shapes.b.present() ? as_result(shapes.b, {}) : absent;
    constexpr tensor_type residual = shapes.residual.present() ? as_result(shapes.residual, around.residual) : absent;
    constexpr conv_spec spec{shapes, x, w, b, residual};
    static_assert(!requires { kernel<spec, y>::plain_definition; });
    return test::kernel_error<spec, y>(x, test::weights(w), b, residual);
}

template <tensor_type X, tensor_type W, conv_attributes A, bool Bias = true, bool Residual = false, halo Out = halo{}>
double error()
{
    constexpr tensor_type y = result(conv_spec{A, X, W});
    constexpr conv_spec shapes{A, X, W, Bias ? f32<W.shape[0]> : absent, Residual ? y : absent};
    return stored_error<shapes, halos{{}, {}, Out}>();
}

/// Measures the error if the input is a window into a ring.
template <tensor_type X, tensor_type W, conv_attributes A, conv_method Method>
double ring_error()
{
    constexpr conv_spec shapes{A, X, W};
    static_assert(choose_method(shapes) == Method);
    constexpr storage window{
        .layout = input_layout(shapes) == layout::blocked ? layout::blocked : layout::row_major_padded,
        .pitch = 2 * X.shape[2] + 3};
    constexpr tensor_type x = X.stored(window), w = W.stored({filter_layout(Method)}),
                          y = result(shapes).stored({result_layout(Method)});
    constexpr conv_spec spec{A, x, w};
    static_assert(!requires { kernel<spec, y>::plain_definition; });
    return test::kernel_error<spec, y>(x, test::weights(w), absent, absent);
}

constexpr conv_attributes padded{.window = {.pads_begin = {1, 1}, .pads_end = {1, 1}}};
constexpr conv_attributes strided{
    .window = {.strides = {2, 2}, .pads_begin = {1, 1}, .pads_end = {1, 1}}, .epilogue = relu(operand<0>)};
constexpr double tolerance = 2e-6;

/// Chooses channels, filters and groups, for each method in turn.
constexpr void set_channels(conv_spec& s, int method, test::dice& roll)
{
    dim channels = roll(16, 50), filters = roll(1, 70);
    if (method == 1) {
        channels = roll(1, 15);
    }
    if (method == 2) {
        s.group = channels = filters = roll(2, 40);
    }
    if (method == 3) {
        s.group = roll(2, 3);
        channels = s.group * roll.pick(16, 32, 16, 20);
        filters = s.group * roll.pick(16, 32, 48);
    }
    s.x = {element::float32, {roll(1, 2), channels}};
    s.w = {element::float32, {filters, channels / s.group}};
    if (!roll.once_in(3)) {
        s.b = {element::float32, {filters}};
    }
}

constexpr conv_spec random_conv(int seed)
{
    test::dice roll(seed);
    for (;;) {
        conv_spec s;
        set_channels(s, seed % 4, roll);
        test::append_axes(s, roll);
        if (check(s) != conv_problem::none) {
            continue;
        }
        if (roll.once_in(3)) {
            s.residual = result(s);
        }
        s.epilogue = test::random_epilogue(roll, s.residual.present());
        return s;
    }
}

constexpr halos random_halos(int seed, int rank)
{
    test::dice roll(1000 + seed);
    return {random_halo(roll, rank), random_halo(roll, rank), random_halo(roll, rank)};
}

}  // namespace

TEST_CASE("blocked convolutions")
{
    CHECK(error<f32<1, 16, 9, 9>, f32<16, 16, 3, 3>, padded>() < tolerance);
    CHECK(error<f32<2, 20, 7, 11>, f32<37, 20, 3, 3>, strided>() < tolerance);
    CHECK(error<f32<1, 64, 14, 14>, f32<64, 64, 1, 1>, conv_attributes{}>() < tolerance);
    CHECK(error<f32<1, 32, 15, 13>, f32<64, 32, 5, 3>,
              conv_attributes{.window = {.dilations = {2, 1}, .pads_begin = {2, 0}, .pads_end = {1, 2}}}, false>() <
          tolerance);
    CHECK(
        error<f32<1, 32, 8, 8>, f32<32, 16, 3, 3>, conv_attributes{.window = padded.window, .group = 2}>() < tolerance);
}

TEST_CASE("short rows: two at once, and a last one alone")
{
    constexpr conv_attributes added{.window = padded.window, .epilogue = relu(add(operand<0>, operand<1>))};
    CHECK(error<f32<1, 32, 7, 7>, f32<32, 32, 3, 3>, added, true, true, halo{1, 1, 1, 1}>() < tolerance);
    CHECK(error<f32<2, 32, 13, 14>, f32<24, 32, 3, 3>, strided>() < tolerance);
    CHECK(error<f32<1, 16, 5, 3>, f32<16, 16, 1, 1>, conv_attributes{}, true, false, halo{0, 1, 2, 3}>() < tolerance);
}

TEST_CASE("epilogues: residual, activation, and a result within a halo")
{
    CHECK(error<f32<1, 16, 9, 9>, f32<32, 16, 1, 1>, conv_attributes{.epilogue = relu(add(operand<0>, operand<1>))},
              true, true>() < tolerance);
    CHECK(error<f32<1, 16, 9, 9>, f32<32, 16, 3, 3>,
              conv_attributes{.window = padded.window, .epilogue = mul(operand<0>, sigmoid(operand<0>))}, true, false,
              halo{1, 1, 1, 1}>() < tolerance);
}

TEST_CASE("few input channels")
{
    CHECK(error<f32<1, 3, 17, 17>, f32<16, 3, 7, 7>,
              conv_attributes{.window = {.strides = {2, 2}, .pads_begin = {3, 3}, .pads_end = {3, 3}}}>() < tolerance);
    CHECK(error<f32<1, 1, 8, 8>, f32<16, 1, 3, 3>, padded>() < tolerance);
    CHECK(error<f32<1, 4, 12, 12>, f32<20, 4, 3, 3>, conv_attributes{.window = {.dilations = {2, 2}}}>() < tolerance);
}

TEST_CASE("groups that are no whole blocks")
{
    CHECK(error<f32<1, 24, 7, 7>, f32<40, 6, 1, 1>, conv_attributes{.group = 4}>() < tolerance);
    CHECK(
        error<f32<2, 24, 9, 33>, f32<20, 6, 3, 3>, conv_attributes{.window = padded.window, .group = 4}>() < tolerance);
    CHECK(error<f32<1, 10, 14, 70>, f32<14, 5, 1, 1>,
              conv_attributes{.group = 2, .epilogue = relu(add(operand<0>, operand<1>))}, false, true>() < tolerance);
    CHECK(error<f32<1, 9, 5>, f32<6, 3, 2>,
              conv_attributes{.window = {.dilations = {2}, .pads_begin = {1}, .pads_end = {3}}, .group = 3}>() <
          tolerance);
}

TEST_CASE("groups that are no whole blocks, by strides")
{
    CHECK(error<f32<1, 24, 9, 70>, f32<48, 6, 3, 3>, conv_attributes{.window = strided.window, .group = 4}>() <
          tolerance);
    constexpr conv_attributes added{
        .window = {.strides = {2, 2}}, .group = 3, .epilogue = relu(add(operand<0>, operand<1>))};
    CHECK(error<f32<2, 24, 12, 19>, f32<24, 8, 1, 1>, added, true, true>() < tolerance);
    constexpr conv_attributes apart{
        .window = {.strides = {1, 3}, .dilations = {2, 2}, .pads_begin = {1, 1}, .pads_end = {1, 1}}, .group = 10};
    CHECK(error<f32<1, 10, 8, 40>, f32<20, 1, 3, 3>, apart>() < tolerance);
    CHECK(
        error<f32<1, 9, 35>, f32<6, 3, 4>,
            conv_attributes{.window = {.strides = {2}, .pads_begin = {1}, .pads_end = {3}}, .group = 3}>() < tolerance);
}

TEST_CASE("few filters")
{
    CHECK(error<f32<2, 32, 9, 14>, f32<3, 32, 5, 5>, padded>() < tolerance);
    CHECK(error<f32<1, 20, 9, 14>, f32<4, 20, 3, 3>, strided>() < tolerance);
    CHECK(error<f32<1, 16, 5, 5>, f32<2, 16, 1, 1>, conv_attributes{.epilogue = relu(add(operand<0>, operand<1>))},
              false, true>() < tolerance);
    CHECK(error<f32<1, 50, 40>, f32<1, 50, 3>, conv_attributes{.window = {.dilations = {2}}}>() < tolerance);
}

TEST_CASE("one spatial axis")
{
    CHECK(error<f32<1, 16, 40>, f32<16, 16, 3>, conv_attributes{.window = {.dilations = {4}}}>() < tolerance);
    CHECK(error<f32<1, 1, 64>, f32<16, 1, 1>, conv_attributes{}>() < tolerance);
}

TEST_CASE("few channels along one axis")
{
    CHECK(error<f32<1, 16, 64>, f32<16, 16, 3>,
              conv_attributes{.window = {.dilations = {8}, .pads_begin = {16}, .pads_end = {0}}}>() < tolerance);
    CHECK(error<f32<2, 8, 50>, f32<7, 8, 3>,
              conv_attributes{.window = {.dilations = {2}}, .epilogue = cameo::tanh(add(operand<0>, operand<1>))}, true,
              true>() < tolerance);
    CHECK(error<f32<1, 32, 16>, f32<25, 32, 1>, conv_attributes{}, false>() < tolerance);
}

TEST_CASE("windows into a ring")
{
    CHECK(ring_error<f32<1, 16, 80>, f32<16, 16, 3>, conv_attributes{.window = {.dilations = {8}}},
              conv_method::pixels>() < tolerance);
    CHECK(ring_error<f32<2, 40, 30>, f32<33, 40, 3>, conv_attributes{.window = {.dilations = {5}}},
              conv_method::blocked>() < tolerance);
    CHECK(ring_error<f32<1, 5, 9>, f32<16, 5, 3>, conv_attributes{}, conv_method::few_channels>() < tolerance);
    CHECK(ring_error<f32<1, 40, 9>, f32<40, 1, 4>, conv_attributes{.group = 40}, conv_method::depthwise>() < tolerance);
    CHECK(ring_error<f32<1, 40, 9>, f32<2, 40, 4>, conv_attributes{}, conv_method::few_filters>() < tolerance);
}

TEST_CASE("depthwise convolutions")
{
    CHECK(error<f32<1, 32, 14, 14>, f32<32, 1, 3, 3>,
              conv_attributes{.window = padded.window, .group = 32, .epilogue = clip(operand<0>, 0, 6)}>() < tolerance);
    CHECK(error<f32<1, 20, 15, 13>, f32<20, 1, 5, 5>,
              conv_attributes{.window = {.strides = {2, 2}, .pads_begin = {2, 2}, .pads_end = {2, 2}}, .group = 20}>() <
          tolerance);
}

TEST_CASE("random convolutions")
{
    test::for_each_seed<32>([]<int Seed> {
        constexpr conv_spec shapes = random_conv(Seed);
        constexpr halos around = random_halos(Seed, shapes.x.shape.rank);
        CHECK(stored_error<shapes, around>() < tolerance);
        return true;
    });
}
