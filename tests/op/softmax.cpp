// Softmax: the axes that it sums over, empty rows, and rows of infinities.
#include <cameo/op/softmax.hpp>
#include <doctest/doctest.h>
#include <vector>

using namespace cameo;

static_assert(result(softmax_spec{{}, f32<2, 3>}) == f32<2, 3>);
static_assert(check(softmax_spec{{1, 2}, f32<2, 3>}) == softmax_problem::none);
static_assert(check(softmax_spec{{0, 2}, f32<2, 3>}) == softmax_problem::none);
static_assert(check(softmax_spec{{2, 3}, f32<2, 3>}) == softmax_problem::axis_is_out_of_range);
static_assert(check(softmax_spec{{-1, 1}, f32<2, 3>}) == softmax_problem::axis_is_out_of_range);

namespace {

std::vector<double> softmax_of(const softmax_spec& s, std::vector<double> x)
{
    std::vector<double> y(x.size());
    evaluate<double>(s, x, y);
    return y;
}

}  // namespace

TEST_CASE("numbers that overflow exp")
{
    const auto y = softmax_of({{1, 2}, f64<1, 3>}, {1e5, 1e5, -1e5});
    CHECK(y == std::vector{0.5, 0.5, 0.0});
    CHECK(softmax_of({{1, 2, true}, f64<1, 2>}, {1e5, 0})[1] == doctest::Approx(-1e5));
}

TEST_CASE("one axis and all axes")
{
    CHECK(softmax_of({{0, 1}, f64<2, 2>}, {0, 1, 0, 1}) == std::vector(4, 0.5));
    CHECK(softmax_of({{0, 2}, f64<2, 2>}, {3, 3, 3, 3}) == std::vector(4, 0.25));
}

TEST_CASE("an axis without elements") { CHECK(softmax_of({{1, 2}, f64<2, 0>}, {}).empty()); }
