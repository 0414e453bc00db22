// Holds the fast paths of Concat against its definition, on random plain and blocked values.
#include "kernel/compare.hpp"
#include "kernel/random_spec.hpp"
#include <cameo/kernel/concat.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

struct layer_of_concat {
    concat_spec spec{};
    tensor_type y{};
};

/// Concatenates two to five blocked values along channels, rows or columns.
constexpr layer_of_concat random_concat(int seed)
{
    test::dice roll(seed);
    tensor_type x{element::float32, {roll(1, 2), roll(1, 40)}};
    if (!roll.once_in(3)) {
        x.shape.append(roll(1, 5));
    }
    x.shape.append(roll(1, 9));
    concat_spec s;
    s.axis = static_cast<int>(roll(1, x.shape.rank - 1));
    const dim count = roll(2, 5);
    for (dim i = 0; i < count; ++i) {
        x.shape[s.axis] = s.axis == 1 && i + 1 < count ? roll(1, 3) * block : roll(1, 20);
        s.x.types[index(s.x.count++)] = x.blocked(test::random_halo(roll, x.shape.rank));
    }
    return {s, result(s).blocked(test::random_halo(roll, x.shape.rank))};
}

/// Concatenates one to five plain values, some of them empty.
constexpr concat_spec random_plain_concat(int seed)
{
    test::dice roll(seed);
    tensor_type x{roll.pick(element::float32, element::float64, element::int64)};
    for (dim rank = roll(1, 4); rank > 0; --rank) {
        x.shape.append(roll(1, 9));
    }
    concat_spec s;
    s.axis = static_cast<int>(roll(0, x.shape.rank - 1));
    for (dim i = roll(1, 5); i > 0; --i) {
        s.x.types[index(s.x.count++)] = x;
        x.shape[s.axis] = roll(0, 20);
    }
    return s;
}

}  // namespace

TEST_CASE("random concatenations of plain values")
{
    test::for_each_seed<24>([]<int Seed> {
        static constexpr concat_spec spec = random_plain_concat(Seed);
        constexpr tensor_type y = result(spec);
        static_assert(check(spec) == concat_problem::none);
        static_assert(!requires { kernel<spec, y>::plain_definition; });
        CHECK(test::kernel_error<spec, y>() == 0);
        return true;
    });
}

TEST_CASE("random concatenations of blocked values")
{
    test::for_each_seed<24>([]<int Seed> {
        constexpr layer_of_concat layer = random_concat(Seed);
        static_assert(check(layer.spec) == concat_problem::none);
        static_assert(!requires { kernel<layer.spec, layer.y>::plain_definition; });
        CHECK(test::kernel_error<layer.spec, layer.y>() == 0);
        return true;
    });
}
