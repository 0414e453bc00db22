// Range: both directions, sums that wrap, and none at all.
#include <cameo/op/range.hpp>
#include <limits>

namespace cameo {
namespace {

template <class T, std::size_t Count>
constexpr std::array<T, Count> range_of(T start, T delta)
{
    constexpr tensor_type one{element_of<T>, {}};
    std::array<T, Count> y{};
    evaluate(
        range_spec{{Count}, one, one}, std::span<const T>(&start, 1), std::span<const T>(&delta, 1), std::span<T>(y));
    return y;
}

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

static_assert(range_of<float, 3>(0.5F, 0.25F) == std::array{0.5F, 0.75F, 1.0F});
static_assert(range_of<std::int64_t, 3>(5, -2) == std::array<std::int64_t, 3>{5, 3, 1});
static_assert(range_of<std::int64_t, 2>(-largest, largest) == std::array<std::int64_t, 2>{-largest, 0});
static_assert(range_of<std::int32_t, 0>(1, 1).empty());
static_assert(result(range_spec{{4}, i64<>, i64<>}) == i64<4>);
static_assert(check(range_spec{{4}, i64<2>, i64<>}) == range_problem::start_and_delta_must_be_one_number_each);
static_assert(check(range_spec{{-1}, i64<>, i64<>}) == range_problem::count_must_not_be_negative);

}  // namespace
}  // namespace cameo
