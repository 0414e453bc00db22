// Holds the fast path of channel selection (concatenation, shuffle and slice in one) against its definition.
#include "kernel/compare.hpp"
#include "kernel/random_spec.hpp"
#include <cameo/kernel/select_channels.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

struct layer_of_selection {
    select_channels_spec spec{};
    tensor_type y{};
};

/// Selects from one to three blocked values, shuffled between up to four groups.
constexpr layer_of_selection random_selection(int seed)
{
    test::dice roll(seed);
    tensor_type x{element::float32, {roll(1, 2), 1}};
    if (!roll.once_in(3)) {
        x.shape.append(roll(1, 5));
    }
    x.shape.append(roll(1, 9));
    select_channels_spec s;
    s.groups = roll.pick(1, 2, 2, 3, 4);
    const dim count = roll(1, 3);
    for (dim i = 0; i < count; ++i) {
        x.shape[1] = roll(1, 12) * (roll.once_in(2) ? s.groups : 4 * s.groups);
        s.x.types[index(s.x.count++)] = x.blocked(test::random_halo(roll, x.shape.rank));
    }
    s.first = roll(0, s.channels() - 1);
    s.count = roll(1, s.channels() - s.first);
    return {s, result(s).blocked(test::random_halo(roll, x.shape.rank))};
}

}  // namespace

TEST_CASE("random selections of channels")
{
    test::for_each_seed<24>([]<int Seed> {
        constexpr layer_of_selection layer = random_selection(Seed);
        static_assert(check(layer.spec) == select_channels_problem::none);
        static_assert(!requires { kernel<layer.spec, layer.y>::plain_definition; });
        CHECK(test::kernel_error<layer.spec, layer.y>() == 0);
        return true;
    });
}
