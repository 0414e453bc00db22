// History: shapes, what it refuses, and that results hold the past before the new samples.
#include <cameo/op/history.hpp>
#include <doctest/doctest.h>
#include <vector>

using namespace cameo;

namespace {

constexpr history_spec of(const tensor_type& x, const tensor_type& past) { return {{}, x, past}; }

constexpr auto shapes = result(of(f32<2, 3, 4>, f32<2, 3, 5>));

}  // namespace

static_assert(shapes[0] == f32<2, 3, 9>);
static_assert(shapes[1] == f32<2, 3, 5>);
static_assert(check(of(f32<1, 2, 3>, f32<1, 2, 7>)) == history_problem::none);
static_assert(check(of(f32<1, 2>, f32<1, 2>)) == history_problem::samples_must_have_a_batch_channels_and_columns);
static_assert(check(of(f32<1, 2, 0>, f32<1, 2, 3>)) == history_problem::samples_must_have_a_batch_channels_and_columns);
static_assert(
    check(of(f32<1, 2, 3>, f32<1, 4, 7>)) == history_problem::past_must_agree_with_the_samples_except_in_columns);
static_assert(
    check(of(f32<1, 2, 3>, f64<1, 2, 7>)) == history_problem::past_must_agree_with_the_samples_except_in_columns);

TEST_CASE("new samples stand behind the past, and the end of both is kept")
{
    const std::array<int, 4> x{10, 11, 20, 21};
    for (const dim kept : {1, 2, 3}) {
        const history_spec s = of(i32<1, 2, 2>, {element::int32, {1, 2, kept}});
        std::vector<int> past(index(2 * kept)), y(index(2 * (kept + 2))), next(past.size());
        for (dim i = 0; i < kept; ++i) {
            past[index(i)] = static_cast<int>(i), past[index(kept + i)] = static_cast<int>(100 + i);
        }
        evaluate<int>(s, x, past, y, next);
        for (dim row = 0; row < 2; ++row) {
            const auto first = y.begin() + row * (kept + 2);
            CHECK(std::vector(first, first + kept) ==
                  std::vector(past.begin() + row * kept, past.begin() + (row + 1) * kept));
            CHECK(first[kept] == x[index(2 * row)]);
            CHECK(first[kept + 1] == x[index(2 * row + 1)]);
            CHECK(std::vector(first + 2, first + 2 + kept) ==
                  std::vector(next.begin() + row * kept, next.begin() + (row + 1) * kept));
        }
    }
}
