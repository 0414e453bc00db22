#include "kernel/compare.hpp"
#include <cameo/kernel/conv.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

/// The error of the fast path of a convolution of these shapes, stored as the generator would.
template <tensor_type X, tensor_type W, conv_attributes A, bool Bias = true, bool Residual = false, halo Out = halo{}>
double error()
{
    constexpr conv_spec shapes{A, X, W};
    constexpr conv_method method = choose_method(shapes);
    static_assert(method != conv_method::plain);
    constexpr tensor_type y = result(shapes).blocked(Out);
    constexpr tensor_type x = X.stored({input_arrangement(method), needed_halo(shapes)});
    constexpr tensor_type w = W.stored({filter_arrangement(method)});
    constexpr tensor_type b = Bias ? f32<W.shape[0]>.blocked() : absent;
    constexpr tensor_type residual = Residual ? result(shapes).blocked() : absent;
    constexpr conv_spec spec{A, x, w, b, residual};
    static_assert(!requires { kernel<spec, y>::plain_definition; });
    return test::kernel_error<spec, y>(x, w, b, residual);
}

constexpr conv_attributes padded{.window = {.pads_begin = {1, 1}, .pads_end = {1, 1}}};
constexpr conv_attributes strided{.window = {.strides = {2, 2}, .pads_begin = {1, 1}, .pads_end = {1, 1}}, .then = relu(operand<0>)};
constexpr double tolerance = 2e-6;

}  // namespace

TEST_CASE("blocked convolutions")
{
    CHECK(error<f32<1, 16, 9, 9>, f32<16, 16, 3, 3>, padded>() < tolerance);
    CHECK(error<f32<2, 20, 7, 11>, f32<37, 20, 3, 3>, strided>() < tolerance);
    CHECK(error<f32<1, 64, 14, 14>, f32<64, 64, 1, 1>, conv_attributes{}>() < tolerance);
    CHECK(error<f32<1, 32, 15, 13>, f32<64, 32, 5, 3>, conv_attributes{.window = {.dilations = {2, 1}, .pads_begin = {2, 0}, .pads_end = {1, 2}}}, false>() < tolerance);
    CHECK(error<f32<1, 32, 8, 8>, f32<32, 16, 3, 3>, conv_attributes{.window = padded.window, .group = 2}>() < tolerance);
}

TEST_CASE("epilogues: residual, activation, and a result within a halo")
{
    CHECK(error<f32<1, 16, 9, 9>, f32<32, 16, 1, 1>, conv_attributes{.then = relu(add(operand<0>, operand<1>))}, true, true>() < tolerance);
    CHECK(error<f32<1, 16, 9, 9>, f32<32, 16, 3, 3>, conv_attributes{.window = padded.window, .then = mul(operand<0>, sigmoid(operand<0>))}, true, false, halo{1, 1, 1, 1}>() < tolerance);
}

TEST_CASE("few input channels")
{
    CHECK(error<f32<1, 3, 17, 17>, f32<16, 3, 7, 7>, conv_attributes{.window = {.strides = {2, 2}, .pads_begin = {3, 3}, .pads_end = {3, 3}}}>() < tolerance);
    CHECK(error<f32<1, 1, 8, 8>, f32<16, 1, 3, 3>, padded>() < tolerance);
    CHECK(error<f32<1, 4, 12, 12>, f32<20, 4, 3, 3>, conv_attributes{.window = {.dilations = {2, 2}}}>() < tolerance);
}

TEST_CASE("one spatial axis")
{
    CHECK(error<f32<1, 16, 40>, f32<16, 16, 3>, conv_attributes{.window = {.dilations = {4}}}>() < tolerance);
    CHECK(error<f32<1, 1, 64>, f32<16, 1, 1>, conv_attributes{}>() < tolerance);
}

TEST_CASE("depthwise convolutions")
{
    CHECK(error<f32<1, 32, 14, 14>, f32<32, 1, 3, 3>, conv_attributes{.window = padded.window, .group = 32, .then = clip(operand<0>, 0, 6)}>() < tolerance);
    CHECK(error<f32<1, 20, 15, 13>, f32<20, 1, 5, 5>, conv_attributes{.window = {.strides = {2, 2}, .pads_begin = {2, 2}, .pads_end = {2, 2}}, .group = 20}>() < tolerance);
}
