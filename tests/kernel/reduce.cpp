// Holds the fast paths of the reductions, over rows and columns, against the definition in double.
#include "kernel/compare.hpp"
#include "kernel/random_spec.hpp"
#include <cameo/kernel/reduce.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

template <reduce_spec Spec>
double stored_error()
{
    constexpr tensor_type y = result(Spec);
    static constexpr reduce_spec spec = Spec;
    static_assert(!requires { kernel<Spec, y>::plain_definition; });
    return test::kernel_error<Spec, y>(spec.x);
}

template <reduction R, tensor_type X, dim... Axis>
double error()
{
    return stored_error<reduce_spec{{R, {Axis...}}, X}>();
}

constexpr double tolerance = 1e-6;

/// Reduces neighbouring axes, or axes with one of a single element between them. One in eight reduces axes apart, which
/// no fast path takes.
constexpr reduce_spec random_reduction(int seed)
{
    using enum reduction;
    test::dice roll(seed);
    reduce_spec s;
    s.reduction = roll.pick(sum, mean, reduction::max, reduction::min, l1, l2, sum_square);
    s.keepdims = roll.once_in(2);
    s.x.element = roll.once_in(6) ? element::float64 : element::float32;
    const bool apart = roll.once_in(8);
    const dim rank = apart ? 3 : roll(1, 4);
    for (dim axis = 0; axis < rank; ++axis) {
        s.x.shape.append(roll.within({{2, 6}, {7, 40}}));
    }
    if (apart) {
        s.axes = {0, 2};
    } else {
        const dim first = roll(0, rank - 1), last = roll(first, rank - 1);
        for (dim axis = first; axis <= last; ++axis) {
            s.axes.append(axis);
        }
    }
    return s;
}

}  // namespace

TEST_CASE("over rows")
{
    CHECK(error<reduction::mean, f32<2, 3, 256>, 2>() < tolerance);
    CHECK(error<reduction::sum, f32<2, 3, 37>, 1, 2>() < tolerance);
    CHECK(error<reduction::max, f32<5, 3>, 1>() == 0);
    CHECK(error<reduction::l2, f32<5, 70>, 1>() < tolerance);
    CHECK(error<reduction::sum_square, f32<300>, 0>() < tolerance);
}

TEST_CASE("over columns")
{
    CHECK(error<reduction::mean, f32<2, 50, 20>, 1>() < tolerance);
    CHECK(error<reduction::min, f32<2, 7, 3, 5>, 0, 1>() == 0);
    CHECK(error<reduction::l1, f32<2, 7, 1, 5>, 1, 2>() < tolerance);
}

TEST_CASE("the logarithm of a sum")
{
    constexpr reduce_spec spec{{reduction::log_sum, {1}}, f32<1, 20>};
    std::array<float, 20> x;
    x.fill(0.5f);
    std::array<float, 1> y{};
    kernel<spec, f32<1, 1>>::run(std::span<const float>(x), std::span<float>(y));
    CHECK(y[0] == doctest::Approx(std::log(10.0)));
}

TEST_CASE("a NaN stays in an extreme, wherever it is")
{
    constexpr reduce_spec spec{{reduction::max, {1}}, f32<1, 40>};
    for (std::size_t at = 0; at < 40; ++at) {
        std::array<float, 40> x{};
        x[at] = NAN;
        std::array<float, 1> y{};
        kernel<spec, f32<1, 1>>::run(std::span<const float>(x), std::span<float>(y));
        CHECK((detail::finite_only || !detail::is_a_number(y[0])));
    }
}

TEST_CASE("random reductions")
{
    test::for_each_seed<48>([]<int Seed> {
        constexpr reduce_spec spec = random_reduction(Seed);
        static_assert(check(spec) == reduce_problem::none);
        if constexpr (!detail::folds(spec)) {
            return false;
        } else {
            CHECK(stored_error<spec>() < tolerance);
            return true;
        }
    });
}
