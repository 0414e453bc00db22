// ScatterElements and ScatterND: reductions, and updates out of range, which are dropped.
#include <cameo/op/scatter_elements.hpp>
#include <cameo/op/scatter_nd.hpp>
#include <limits>

namespace cameo {
namespace {

constexpr std::array<std::int64_t, 4> indices{-1, 2, 7, std::numeric_limits<std::int64_t>::min()};

template <class T, class Spec>
constexpr std::array<T, 3> scattered(const Spec& s, const std::array<T, 3>& x, const std::array<T, 4>& updates)
{
    std::array<T, 3> y{};
    evaluate(
        s, std::span<const T>(x), std::span<const std::int64_t>(indices), std::span<const T>(updates), std::span<T>(y));
    return y;
}

constexpr std::array<double, 3> elements(scatter_reduction reduction)
{
    return scattered<double>(scatter_elements_spec{{0, reduction}, f64<3>, i64<4>, f64<4>}, {1, 2, 3}, {5, 2, 9, 9});
}
constexpr std::array<double, 3> slices(scatter_reduction reduction)
{
    return scattered<double>(scatter_nd_spec{{reduction}, f64<3>, i64<4, 1>, f64<4>}, {1, 2, 3}, {5, 2, 9, 9});
}

using enum scatter_reduction;
static_assert(elements(scatter_reduction::none) == std::array{1.0, 2.0, 2.0} &&
              slices(scatter_reduction::none) == elements(scatter_reduction::none));
static_assert(elements(add) == std::array{1.0, 2.0, 10.0} && slices(add) == elements(add));
static_assert(elements(mul) == std::array{1.0, 2.0, 30.0} && slices(mul) == elements(mul));
static_assert(elements(max) == std::array{1.0, 2.0, 5.0} && slices(max) == elements(max));
static_assert(elements(min) == std::array{1.0, 2.0, 2.0} && slices(min) == elements(min));
static_assert(scattered<bool>(scatter_nd_spec{{mul}, boolean<3>, i64<4, 1>, boolean<4>}, {true, true, true},
                  {true, false, false, false}) == std::array{true, true, false});

static_assert(check(scatter_elements_spec{{0}, f32<3>, i64<4>, f32<3>}) ==
              scatter_elements_problem::updates_must_have_the_shape_of_the_indices);
static_assert(check(scatter_nd_spec{{}, f32<3, 2>, i64<4, 1>, f32<4, 2>}) == scatter_nd_problem::none);
static_assert(check(scatter_nd_spec{{}, f32<3, 2>, i64<4, 1>, f32<4>}) ==
              scatter_nd_problem::updates_must_be_a_slice_of_the_input_for_each_tuple);

}  // namespace
}  // namespace cameo
