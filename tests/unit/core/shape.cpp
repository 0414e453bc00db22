// Shapes: counts, strides, iteration in row-major order and broadcasting, as static assertions.
#include <cameo/core/shape.hpp>

using namespace cameo;

static_assert(shape{2, 3, 4}.count() == 24);
static_assert(shape{}.count() == 1, "a scalar has one element");
static_assert(shape{2, 0, 4}.count() == 0);
static_assert(shape{2, 3, 4}.count(1, 3) == 12);
static_assert(shape{2, 3, 4}.count(3, 3) == 1);
static_assert(shape{2, 3} != shape{2, 3, 1});

static_assert(strides_of({2, 3, 4}) == per_axis{12, 4, 1});
static_assert(strides_of({}) == per_axis{});

// advance() visits every position once, in row-major order.
static_assert([] {
    constexpr shape s{2, 3, 4};
    per_axis at{};
    dim expected = 0;
    do {
        if (dot(at, strides_of(s), s.rank) != expected++) {
            return false;
        }
    } while (advance(at, s));
    return expected == s.count() && at == per_axis{};
}());
static_assert(
    [] {
        per_axis at{};
        return !advance(at, shape{});
    }(),
    "a scalar has one position");

static_assert(broadcast({3, 1, 4}, {2, 1}) == shape{3, 2, 4});
static_assert(broadcast({}, {2, 3}) == shape{2, 3});
static_assert(broadcast({2, 0}, {1}) == shape{2, 0});
static_assert(broadcast({2, 1}, {1, 0}) == shape{2, 0});
static_assert(broadcast({2, 3}, {2, 4}).rank == -1);
static_assert(broadcast({2}, {0}).rank == -1);

static_assert(broadcast_strides({3, 1}, {2, 3, 4}) == per_axis{0, 1, 0});
static_assert(broadcast_strides({2, 3, 4}, {2, 3, 4}) == strides_of({2, 3, 4}));
