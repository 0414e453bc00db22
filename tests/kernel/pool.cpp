// Holds the fast paths of MaxPool and AveragePool on blocked storage against their definitions.
#include "kernel/compare.hpp"
#include "kernel/random_spec.hpp"
#include <cameo/kernel/average_pool.hpp>
#include <cameo/kernel/max_pool.hpp>

using namespace cameo;

namespace {

/// Measures the error of the fast path of a pool whose input is blocked.
template <auto Spec, halo Out = halo{}>
double error()
{
    static constexpr auto spec = Spec;
    static_assert(check(spec) == pool_problem::none);
    constexpr tensor_type y = results_of(spec)[0].blocked(Out);
    static_assert(!requires { kernel<Spec, y>::plain_definition; });
    return test::kernel_error<Spec, y>(spec.x);
}

constexpr double tolerance = 1e-6;
constexpr window three{.kernel_shape = {3, 3}, .strides = {2, 2}, .pads_begin = {1, 1}, .pads_end = {1, 1}};

/// Returns the padding at the end of an axis that makes room for one more window, as ceil_mode does; 0 if strides leave
/// no rest.
constexpr dim pads_of_ceil(const window& w, int a, dim input)
{
    const dim rest = (w.padded(a, input) - w.extent(a, w.kernel_shape[a])) % w.stride(a);
    return rest > 0 ? w.stride(a) - rest : 0;
}

/// Makes a blocked input and a window over it. Padding by ceil_mode is recorded separately. One pool in six is global.
template <class Spec>
constexpr Spec random_pool(int seed)
{
    test::dice roll(seed);
    for (;;) {
        Spec s;
        s.x = {element::float32, {roll(1, 2), roll(1, 40)}};
        const bool global = roll.once_in(6), ceil = roll.once_in(3);
        const int axes = roll.pick(1, 2, 2);
        shape excess;
        for (int a = 0; a < axes; ++a) {
            s.x.shape.append(roll(1, 13));
            s.window.kernel_shape.append(global ? s.x.shape[a + 2] : roll(1, 5));
            s.window.strides.append(roll(1, 3));
            s.window.dilations.append(global ? 1 : roll.pick(1, 1, 2, 3));
            s.window.pads_begin.append(global ? 0 : roll.pick(0, 1, 2, 4));
            s.window.pads_end.append(global ? 0 : roll.pick(0, 1, 2, 4));
            excess.append(ceil ? pads_of_ceil(s.window, a, s.x.shape[a + 2]) : 0);
            s.window.pads_end[a] += excess[a];
        }
        if constexpr (requires { s.uncounted_end; }) {
            s.uncounted_end = excess;
            s.count_include_pad = roll.once_in(2);
        }
        s.x = s.x.blocked(random_halo(roll, s.x.shape.rank));
        if (check(s) == pool_problem::none) {
            return s;
        }
    }
}

template <class Spec>
void check_random()
{
    test::for_each_seed<24>([]<int Seed> {
        constexpr Spec spec = random_pool<Spec>(Seed);
        constexpr halo out = [] {
            test::dice roll(1000 + Seed);
            return random_halo(roll, spec.x.shape.rank);
        }();
        CHECK(error<spec, out>() < tolerance);
        return true;
    });
}

}  // namespace

TEST_CASE("max_pool")
{
    CHECK(error<max_pool_spec{{.window = three}, f32<2, 20, 9, 8>.blocked()}>() == 0);
    CHECK(error<max_pool_spec{{.window = {.kernel_shape = {4}}}, f32<1, 16, 9>.blocked({0, 1, 0, 2})},
              halo{0, 2, 0, 0}>() == 0);
}

TEST_CASE("average_pool")
{
    CHECK(error<average_pool_spec{{.window = three}, f32<2, 20, 9, 8>.blocked()}>() < tolerance);
    CHECK(error<average_pool_spec{{.window = three, .count_include_pad = true}, f32<1, 16, 9, 8>.blocked({1, 0, 1, 0})},
              halo{1, 1, 1, 1}>() < tolerance);
    CHECK(error<average_pool_spec{{.window = {.kernel_shape = {9, 8}}}, f32<1, 33, 9, 8>.blocked()}>() < tolerance);
}

TEST_CASE("random max_pool") { check_random<max_pool_spec>(); }
TEST_CASE("random average_pool") { check_random<average_pool_spec>(); }
