// Holds the fast path of unfolding (im2col) into blocks of channels against its definition.
#include "kernel/compare.hpp"
#include "kernel/random_spec.hpp"
#include <cameo/kernel/unfold.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

struct layer_of_unfold {
    unfold_spec spec{};
    tensor_type y{};
};

/// Makes windows over an image, with a halo of zeros if they need one.
constexpr layer_of_unfold random_unfold(int seed)
{
    test::dice roll(seed);
    for (;;) {
        unfold_spec s;
        s.x = {element::float32, {roll(1, 2), roll(1, 5), roll(1, 20), roll(1, 20)}};
        s.window = {.kernel_shape = {roll(1, 4), roll(1, 4)},
            .strides = {roll(1, 4), roll(1, 4)},
            .dilations = {roll(1, 3), roll(1, 3)},
            .pads_begin = {roll(-1, 2), roll(-1, 2)},
            .pads_end = {roll(-1, 2), roll(-1, 2)}};
        if (check(s) != unfold_problem::none || result(s).shape.count() == 0) {
            continue;
        }
        const layout in = input_layout(s);
        s.x = s.x.stored({in, in == layout::plain ? halo{} : needed_halo(s)});
        return {s, result(s).blocked(test::random_halo(roll))};
    }
}

}  // namespace

TEST_CASE("random windows unfolded into blocks")
{
    test::for_each_seed<24>([]<int Seed> {
        constexpr layer_of_unfold layer = random_unfold(Seed);
        static_assert(!requires { kernel<layer.spec, layer.y>::plain_definition; });
        CHECK(test::kernel_error<layer.spec, layer.y>(layer.spec.x) == 0);
        return true;
    });
}
