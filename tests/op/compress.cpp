// Compress: packed slices, a condition shorter than the axis, and a capacity below the number of slices.
#include <cameo/op/compress.hpp>

namespace cameo {
namespace {

constexpr std::array<float, 5> taken(dim capacity)
{
    constexpr std::array<float, 6> x{1, 2, 3, 4, 5, 6};
    constexpr std::array<bool, 2> condition{true, true};
    std::array<float, 4> y{9, 9, 9, 9};
    std::array<std::int64_t, 1> count{};
    evaluate(compress_spec{{.axis = 1, .capacity = capacity}, f32<2, 3>, boolean<2>}, std::span<const float>(x),
        std::span<const bool>(condition), std::span(y).first(index(2 * capacity)), std::span<std::int64_t>(count));
    return {static_cast<float>(count[0]), y[0], y[1], y[2], y[3]};
}

static_assert(taken(2) == std::array<float, 5>{2, 1, 2, 4, 5});
static_assert(taken(1) == std::array<float, 5>{2, 1, 4, 9, 9});
static_assert(result(compress_spec{{.axis = 1, .capacity = 2}, f32<2, 3>, boolean<3>}) == std::array{f32<2, 2>, i64<>});
static_assert(check(compress_spec{{.axis = 1}, f32<2, 3>, boolean<4>}) ==
              compress_problem::condition_must_be_a_list_no_longer_than_the_axis);

}  // namespace
}  // namespace cameo
