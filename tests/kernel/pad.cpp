// Holds the fast path of Pad against its definition on random shapes.
#include "kernel/compare.hpp"
#include "kernel/random_spec.hpp"
#include <cameo/kernel/pad.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

/// Pads and cuts on all sides, with zeros or another constant. No fast path takes a pad that leaves nothing of the
/// input.
constexpr pad_spec random_pad(int seed)
{
    test::dice roll(seed);
    for (;;) {
        pad_spec s;
        s.x.element = roll.pick(element::float32, element::float64, element::int64);
        for (dim rank = roll(1, 4); rank > 0; --rank) {
            s.x.shape.append(roll(1, 12));
            s.begin.append(roll(-3, 5));
            s.end.append(roll(-3, 5));
        }
        if (roll.once_in(2)) {
            s.value = {s.x.element, {}};
        }
        if (check(s) == pad_problem::none && result(s).shape.count() > 0) {
            return s;
        }
    }
}

}  // namespace

TEST_CASE("random pads")
{
    test::for_each_seed<32>([]<int Seed> {
        static constexpr pad_spec spec = random_pad(Seed);
        constexpr tensor_type y = result(spec);
        if constexpr (cameo::detail::box_of(spec).extents.count() <= 0) {
            return false;
        } else {
            static_assert(!requires { kernel<spec, y>::plain_definition; });
            CHECK(test::kernel_error<spec, y>(spec.x, spec.value) == 0);
            return true;
        }
    });
}
