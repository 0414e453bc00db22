// Every layout of a value in memory: each element has its own place, and rearranging is reversible.
#include <algorithm>
#include <cameo/core/placement.hpp>
#include <doctest/doctest.h>
#include <numeric>
#include <vector>

using namespace cameo;

namespace {

constexpr storage framed{layout::row_major_padded, {1, 2, 3, 4}};
constexpr storage gates{layout::gate_weights, {}, 4};

// Types of each layout, with extents that do not fill whole blocks.
const tensor_type types[] = {f32<2, 3, 5, 7>, f32<>, f32<2, 0, 3>, f32<20>.blocked(), f32<2, 20>.blocked(),
    f32<2, 20, 5>.blocked({0, 2, 0, 1}), f32<2, 20, 5, 7>.blocked({1, 2, 3, 4}), f32<2, 3, 5, 7>.stored(framed),
    f32<2, 3, 7>.stored({layout::row_major_padded, {0, 1, 0, 2}}), f32<20, 18, 3, 2>.stored({layout::filter_blocked}),
    f32<20, 18>.stored({layout::filter_blocked}), f32<20, 3, 3, 2>.stored({layout::filter_plain}),
    f32<20, 7>.stored({layout::filter_plain}), f32<20, 1, 3, 3>.stored({layout::filter_depthwise}),
    f32<18, 20, 3, 2>.stored({layout::filter_transposed}), f32<2, 40, 3>.stored(gates)};

}  // namespace

static_assert(stored_count(absent) == 0);
static_assert(stored_count(f32<1, 17, 2, 2>.blocked()) == 2 * 2 * 2 * 16);
static_assert(stored_count(f32<1, 16, 2, 2>.blocked({1, 1, 1, 1})) == 4 * 4 * 16);
static_assert(bytes(f64<2, 3>) == 48);
static_assert(offset(f32<2, 3, 4>, {1, 2, 3}) == 23);
static_assert(offset(f32<1, 32, 4, 4>.blocked({1, 1, 1, 1}), {0, 17, 0, 0}) == (36 + 7) * 16 + 1,
    "second block, first element within the halo");

TEST_CASE("every element has a place of its own, within the value's memory")
{
    for (const tensor_type& t : types) {
        std::vector<int> visits(index(stored_count(t)));
        per_axis at{};
        if (t.shape.count() > 0) {
            do {
                const dim place = offset(t, at);
                REQUIRE(place >= 0);
                REQUIRE(place < stored_count(t));
                ++visits[index(place)];
            } while (advance(at, t.shape));
        }
        CHECK(std::accumulate(visits.begin(), visits.end(), 0) == t.shape.count());
        CHECK(std::all_of(visits.begin(), visits.end(), [](int n) { return n <= 1; }));
    }
}

TEST_CASE("rearranging there and back gives the same elements")
{
    for (const tensor_type& t : types) {
        std::vector<float> plain(index(t.shape.count())), back(plain.size()), stored(index(stored_count(t)), -1.0f);
        std::iota(plain.begin(), plain.end(), 1.0f);
        rearrange<float>(t.plain(), plain, t, stored);
        rearrange<float>(t, stored, t.plain(), back);
        CHECK(back == plain);
    }
}
