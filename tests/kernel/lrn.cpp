// Holds the fast path of LRN on blocked storage against the definition in double.
#include "kernel/compare.hpp"
#include "kernel/random_spec.hpp"
#include <cameo/kernel/lrn.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

struct layer_of_lrn {
    lrn_spec spec{};
    tensor_type y{};
};

constexpr layer_of_lrn random_lrn(int seed)
{
    test::dice roll(seed);
    const shape x = roll.once_in(3) ? shape{roll(1, 2), roll(1, 50), roll(1, 9)}
                                    : shape{roll(1, 2), roll(1, 50), roll(1, 5), roll(1, 5)};
    const lrn_spec s{
        {.size = roll(1, 16), .alpha = 0.3, .beta = roll.pick(0.5, 0.75, 1.0, 0.6), .bias = roll.pick(1.0, 0.5)},
        tensor_type{element::float32, x}.blocked(test::random_halo(roll, x.rank))};
    return {s, tensor_type{element::float32, x}.blocked(test::random_halo(roll, x.rank))};
}

}  // namespace

TEST_CASE("random local response normalizations")
{
    test::for_each_seed<16>([]<int Seed> {
        constexpr layer_of_lrn layer = random_lrn(Seed);
        static_assert(!requires { kernel<layer.spec, layer.y>::plain_definition; });
        CHECK(test::kernel_error<layer.spec, layer.y>(layer.spec.x) < 1e-6);
        return true;
    });
}
