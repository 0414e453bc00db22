// Holds the fast path of Expand against its definition on random shapes.
#include "kernel/compare.hpp"
#include "kernel/random_spec.hpp"
#include <cameo/kernel/expand.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

/// Expands any axes of one element, and adds new axes.
constexpr expand_spec random_expand(int seed)
{
    test::dice roll(seed);
    expand_spec s;
    s.x.element = roll.pick(element::float32, element::float64, element::int64);
    const dim rank = roll(1, 4), added = roll(0, 2);
    for (dim axis = 0; axis < rank + added; ++axis) {
        const dim extent = roll.within({{1, 4}, {5, 20}});
        s.to.append(extent);
        if (axis >= added) {
            s.x.shape.append(roll.once_in(2) ? 1 : extent);
        }
    }
    return s;
}

}  // namespace

TEST_CASE("random expansions")
{
    test::for_each_seed<24>([]<int Seed> {
        static constexpr expand_spec spec = random_expand(Seed);
        constexpr tensor_type y = result(spec);
        static_assert(check(spec) == expand_problem::none);
        static_assert(!requires { kernel<spec, y>::plain_definition; });
        CHECK(test::kernel_error<spec, y>(spec.x) == 0);
        return true;
    });
}
