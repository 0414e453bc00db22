// Unique: sorted or in order of appearance, outputs that nothing reads, and a capacity below the number of slices.
#include <cameo/op/unique.hpp>

namespace cameo {
namespace {

constexpr std::array<std::int64_t, 5> x{4, 2, 4, 1, 2};

struct outcome {
    std::array<std::int64_t, 3> y{}, indices{}, counts{};
    std::array<std::int64_t, 5> inverse{};
    std::array<std::int64_t, 1> count{};
    friend constexpr bool operator==(const outcome&, const outcome&) = default;
};

constexpr outcome different(bool sorted, dim capacity = 3)
{
    outcome o;
    std::array<std::int64_t, 5> firsts{};
    const auto room = [&](auto& list) { return std::span(list).first(index(capacity)); };
    evaluate(unique_spec{{0, sorted, capacity}, i64<5>}, std::span<const std::int64_t>(x), room(o.y), room(o.indices),
        std::span(o.inverse), room(o.counts), std::span(o.count), std::span(firsts));
    return o;
}

static_assert(different(true) == outcome{{1, 2, 4}, {3, 1, 0}, {1, 2, 2}, {2, 1, 2, 0, 1}, {3}});
static_assert(different(false) == outcome{{4, 2, 1}, {0, 1, 3}, {2, 2, 1}, {0, 1, 0, 2, 1}, {3}});
static_assert(different(true, 2) == outcome{{1, 2, 0}, {3, 1, 0}, {1, 2, 0}, {2, 1, 2, 0, 1}, {3}});
static_assert(check(unique_spec{{1}, i64<5>}) == unique_problem::axis_is_out_of_range);

}  // namespace
}  // namespace cameo
