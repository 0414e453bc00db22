// Holds the fast paths of Slice against its definition, on random plain and blocked values.
#include "kernel/compare.hpp"
#include "kernel/random_spec.hpp"
#include <cameo/kernel/slice.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

struct layer_of_slice {
    slice_spec spec{};
    tensor_type y{};
};

/// Takes channels from the first, second or third block on, up to any channel.
constexpr layer_of_slice random_slice(int seed)
{
    test::dice roll(seed);
    slice_spec s;
    s.x = {element::float32, {roll(1, 2), roll(1, 60)}};
    if (!roll.once_in(3)) {
        s.x.shape.append(roll(1, 5));
    }
    s.x.shape.append(roll(1, 9));
    for (int axis = 0; axis < s.x.shape.rank; ++axis) {
        const dim extent = s.x.shape[axis],
                  start = axis == 1 ? roll(0, (extent - 1) / block) * block : roll(0, extent - 1);
        s.starts.append(start);
        s.ends.append(roll.once_in(2) ? extent : roll(start + 1, extent));
    }
    s.x = s.x.blocked(test::random_halo(roll, s.x.shape.rank));
    return {s, result(s).blocked(test::random_halo(roll, s.x.shape.rank))};
}

/// Takes steps of any length and direction along each axis of a plain value.
constexpr slice_spec random_plain_slice(int seed)
{
    test::dice roll(seed);
    slice_spec s;
    s.x.element = roll.pick(element::float32, element::float64, element::int64);
    for (dim rank = roll(1, 4); rank > 0; --rank) {
        const dim extent = roll(1, 20), step = roll.once_in(2) ? 1 : roll.pick(1, -1) * roll(1, extent),
                  start = roll(0, extent - 1);
        s.x.shape.append(extent);
        s.starts.append(start);
        s.ends.append(step > 0 ? roll(start + 1, extent) : roll(-1, start - 1));
        s.steps.append(step);
    }
    return s;
}

}  // namespace

TEST_CASE("random slices of plain values")
{
    test::for_each_seed<24>([]<int Seed> {
        static constexpr slice_spec spec = random_plain_slice(Seed);
        constexpr tensor_type y = result(spec);
        static_assert(check(spec) == slice_problem::none);
        static_assert(!requires { kernel<spec, y>::plain_definition; });
        CHECK(test::kernel_error<spec, y>(spec.x) == 0);
        return true;
    });
}

TEST_CASE("random slices of blocked values")
{
    test::for_each_seed<24>([]<int Seed> {
        constexpr layer_of_slice layer = random_slice(Seed);
        static_assert(check(layer.spec) == slice_problem::none);
        static_assert(!requires { kernel<layer.spec, layer.y>::plain_definition; });
        CHECK(test::kernel_error<layer.spec, layer.y>(layer.spec.x) == 0);
        return true;
    });
}
