// Holds the fast path of Transpose against its definition, for every kind of permutation and element.
#include "kernel/compare.hpp"
#include "kernel/random_spec.hpp"
#include <cameo/kernel/transpose.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

template <transpose_spec Spec>
double stored_error()
{
    static constexpr transpose_spec spec = Spec;
    constexpr tensor_type y = result(Spec);
    static_assert(!requires { kernel<Spec, y>::plain_definition; });
    return test::kernel_error<Spec, y>(spec.x);
}

template <tensor_type X, dim... Axis>
double error()
{
    return stored_error<transpose_spec{{{Axis...}}, X}>();
}

/// Makes any permutation of axes of any length. Some are too short for vectors, and some elements are integers.
constexpr transpose_spec random_transpose(int seed)
{
    test::dice roll(seed);
    transpose_spec s;
    s.x.element = roll.pick(
        element::float32, element::float32, element::float32, element::float64, element::int64, element::int32);
    const dim rank = roll(1, 5);
    for (dim axis = 0; axis < rank; ++axis) {
        s.x.shape.append(roll.within({{1, 4}, {1, 4}, {5, rank > 3 ? 9 : 40}}));
        s.permutation.append(axis);
    }
    for (int axis = 0; axis + 1 < rank; ++axis) {
        std::swap(s.permutation[axis], s.permutation[static_cast<int>(roll(axis, rank - 1))]);
    }
    return s;
}

}  // namespace

TEST_CASE("heads of an attention")
{
    CHECK(error<f32<1, 12, 4, 16>, 0, 2, 1, 3>() == 0);
    CHECK(error<f32<1, 12, 4, 16>, 0, 2, 3, 1>() == 0);
    CHECK(error<f32<4, 33, 21>, 0, 2, 1>() == 0);
}

TEST_CASE("matrices")
{
    CHECK(error<f32<32, 48>, 1, 0>() == 0);
    CHECK(error<f32<5, 100>, 1, 0>() == 0);
    CHECK(error<f32<3, 100>, 1, 0>() == 0);
    CHECK(error<f32<100, 2>, 1, 0>() == 0);
    CHECK(error<f64<9, 7>, 1, 0>() == 0);
    CHECK(error<i64<9, 7>, 1, 0>() == 0);
}

TEST_CASE("pixels of a block beside each other") { CHECK(error<f32<1, 3, 2, 2, 5, 7>, 0, 1, 4, 2, 5, 3>() == 0); }

TEST_CASE("random transposes")
{
    test::for_each_seed<60>([]<int Seed> {
        constexpr transpose_spec spec = random_transpose(Seed);
        static_assert(check(spec) == transpose_problem::none);
        CHECK(stored_error<spec>() == 0);
        return true;
    });
}
