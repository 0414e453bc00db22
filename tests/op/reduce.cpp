// Reductions: shapes, empty sets, and sums that overflow the element type.
#include <cameo/op/reduce.hpp>

namespace cameo {
namespace {

static_assert(result(reduce_spec{{reduction::sum, {0, 2}}, f32<2, 3, 4>}) == f32<1, 3, 1>);
static_assert(result(reduce_spec{{reduction::sum, {0, 2}, false}, f32<2, 3, 4>}) == f32<3>);
static_assert(
    check(reduce_spec{{reduction::sum, {2, 0}}, f32<2, 3, 4>}) == reduce_problem::axes_must_be_ascending_and_in_range);
static_assert(check(reduce_spec{{reduction::max, {0}}, boolean<2>}) == reduce_problem::none);
static_assert(check(reduce_spec{{reduction::sum, {0}}, boolean<2>}) ==
              reduce_problem::element_type_is_not_one_that_this_reduction_takes);

template <class T, std::size_t N>
constexpr T reduced(reduction r, const std::array<T, N>& x)
{
    std::array<T, 1> y{};
    evaluate(reduce_spec{{r, {0}}, {element_of<T>, {N}}}, std::span<const T>(x), std::span<T>(y));
    return y[0];
}

static_assert(reduced(reduction::sum, std::array{16777216.0F, 1.0F, 1.0F}) == 16777218.0F);
static_assert(reduced(reduction::mean, std::array{2147483647, 2147483647}) == 2147483647);
static_assert(reduced(reduction::mean, std::array{-3, 0}) == -1);
static_assert(reduced(reduction::l1, std::array{-3, 4}) == 7);
static_assert(reduced(reduction::max, std::array{false, true}));

static_assert(reduced(reduction::sum, std::array<float, 0>{}) == 0);
static_assert(reduced(reduction::prod, std::array<float, 0>{}) == 1);
static_assert(reduced(reduction::max, std::array<float, 0>{}) == -std::numeric_limits<float>::infinity());
static_assert(reduced(reduction::min, std::array<std::uint8_t, 0>{}) == 255);

}  // namespace
}  // namespace cameo
