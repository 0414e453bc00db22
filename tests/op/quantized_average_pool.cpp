// AveragePool on bytes: padding that counts is 0, not the zero point.
#include <cameo/op/quantized_average_pool.hpp>
#include <doctest/doctest.h>
#include <vector>

using namespace cameo;

namespace {

std::vector<float> averages(bool count_include_pad)
{
    const quantized_average_pool_spec s{
        {.pool = {.window = {.kernel_shape = {2}, .pads_begin = {1}}, .count_include_pad = count_include_pad},
            .zero_point = 10,
            .scale = 2,
            .to = element::float32},
        u8<1, 1, 2>};
    std::vector<float> y(2);
    evaluate<float>(s, std::vector<std::uint8_t>{20, 0}, y);
    return y;
}

}  // namespace

TEST_CASE("padding")
{
    CHECK(averages(false) == std::vector{20.0f, 0.0f});
    CHECK(averages(true) == std::vector{10.0f, 0.0f});
}
