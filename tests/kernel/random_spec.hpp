// Random specs as compile-time constants: dice for constexpr functions, and a test that runs for many seeds.
#pragma once
#include <cameo/core/storage.hpp>
#include <cameo/function/list.hpp>
#include <doctest/doctest.h>
#include <utility>

namespace cameo::test {

struct range {
    dim from, to;
};

/// Pseudo-random choices, the same for a seed with every compiler. Arguments of a call are evaluated in any order: roll
/// in statements, or in braces, whose order is fixed.
struct dice {
    std::uint64_t state;

    constexpr explicit dice(int seed) : state(static_cast<std::uint64_t>(seed) + 1) { (*this)(0, 1); }

    /// Returns an integer in [from, to].
    constexpr dim operator()(dim from, dim to)
    {
        state = (state ^ (state >> 31)) * 0x9e6c'63d0'876a'9a35 + 0x2545'f491'4f6c'dd1b;
        return from + static_cast<dim>((state >> 33) % static_cast<std::uint64_t>(to - from + 1));
    }
    template <class T, class... More>
    constexpr T pick(const T& first, const More&... more)
    {
        const T all[]{first, static_cast<T>(more)...};
        return all[index((*this)(0, sizeof...(More)))];
    }
    /// Returns an integer in one of these ranges.
    constexpr dim within(std::initializer_list<range> ranges)
    {
        const range r = ranges.begin()[(*this)(0, static_cast<dim>(ranges.size()) - 1)];
        return (*this)(r.from, r.to);
    }
    constexpr bool once_in(dim n) { return (*this)(1, n) == 1; }
};

/// Returns a random halo, half of the time none.
constexpr halo random_halo(dice& roll)
{
    if (roll.once_in(2)) {
        return {};
    }
    return {roll(0, 2), roll(0, 2), roll(0, 2), roll(0, 2)};
}

/// Returns a halo for a rank; values without rows have none above and below.
constexpr halo random_halo(dice& roll, int rank)
{
    halo h = random_halo(roll);
    if (rank < 4) {
        h.top = h.bottom = 0;
    }
    return rank < 3 ? halo{} : h;
}

/// Appends one or two spatial axes of a convolution, whose window may not fit.
constexpr void append_axes(auto& s, dice& roll)
{
    const dim axes = roll.pick(1, 2, 2);
    for (dim a = 0; a < axes; ++a) {
        s.x.shape.append(roll(1, 15));
        s.w.shape.append(roll(1, 5));
        s.window.strides.append(roll.pick(1, 1, 2, 3));
        s.window.dilations.append(roll.pick(1, 1, 2, 3));
        s.window.pads_begin.append(roll(-1, 3));
        s.window.pads_end.append(roll(-1, 3));
    }
}

/// Returns a random epilogue of a convolution or dense layer.
constexpr elementwise_expression random_epilogue(dice& roll, bool residual)
{
    const elementwise_expression sum = residual ? add(operand<0>, operand<1>) : operand<0>;
    const elementwise_expression gated =
        residual ? mul(operand<1>, sigmoid(operand<0>)) : mul(operand<0>, sigmoid(operand<0>));
    return roll.pick(sum, sum, relu(sum), clip(sum, -1, 2), tanh(sum), leaky_relu(sum, 0.1), gated);
}

/// Calls test.template operator()<Seed>() for the seeds 0 to Seeds - 1. It returns whether the kernel takes the spec of
/// the seed: most must be taken.
template <int Seeds>
void for_each_seed(auto test)
{
    int taken = 0;
    const auto one = [&]<int Seed>(std::integral_constant<int, Seed>) {
        INFO("seed: ", Seed);
        taken += test.template operator()<Seed>();
    };
    [&]<int... Seed>(std::integer_sequence<int, Seed...>) { (one(std::integral_constant<int, Seed>{}), ...); }(
        std::make_integer_sequence<int, Seeds>{});
    CHECK(taken >= Seeds * 3 / 4);
}

}  // namespace cameo::test
