// Holds the fast path of elementwise layers against the definition: broadcasting, every storage, random expressions.
#include "kernel/compare.hpp"
#include "kernel/random_spec.hpp"
#include <cameo/kernel/elementwise.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

/// Removes the storage from the operand types.
constexpr elementwise_spec plain(elementwise_spec s)
{
    for (tensor_type& t : s.x.types) {
        t = t.plain();
    }
    return s;
}

/// Holds the fast path against the definition, with operands and result stored as their types say.
template <elementwise_spec Spec, tensor_type Y>
bool agrees_as_stored(double tolerance = 4e-6)
{
    static_assert(check(plain(Spec)) == elementwise_problem::none && result(plain(Spec)) == Y.plain());
    static_assert(!requires { kernel<Spec, Y>::plain_definition; });
    const auto both = test::run_both<Spec, Y>();
    for (std::size_t i = 0; i < both.count; ++i) {
        const double f = static_cast<double>(both.found[i]), e = static_cast<double>(both.expected[i]);
        if (!(std::abs(f - e) <= tolerance * std::max(1.0, std::abs(e)))) {
            return false;
        }
    }
    return both.well_written;
}

template <elementwise_expression P, tensor_type Y, tensor_type... X>
bool agrees(double tolerance = 4e-6)
{
    constexpr elementwise_spec spec{{P}, {X...}};
    return agrees_as_stored<spec, Y>(tolerance);
}

constexpr elementwise_expression sum = add(operand<0>, operand<1>),
                                 scaled = relu(add(mul(operand<0>, operand<1>), operand<2>)),
                                 wave = add(cameo::exp(operand<0>), 1);

/// Makes a chain of functions of up to three operands, with constants for some of the arguments.
constexpr elementwise_expression random_expression(test::dice& roll, int operand_count, bool floating)
{
    const auto any = [&] {
        return roll.once_in(6) ? cameo::detail::as_expression(static_cast<double>(roll(-2, 3)))
                               : roll.pick(operand<0>, operand<1>, operand<2>);
    };
    const auto bounded = [&] {
        elementwise_expression p = any();
        while (p.operands() > operand_count) {
            p = any();
        }
        return p;
    };
    elementwise_expression value = operand<0>;
    for (dim length = roll(1, 4); length > 0; --length) {
        const elementwise_expression other = bounded();
        value = roll.pick(add(value, other), mul(value, other), sub(other, value), cameo::max(value, other),
            relu(value), cameo::abs(value));
        if (floating && roll.once_in(2)) {
            value = roll.pick(cameo::tanh(value), sigmoid(value), cameo::exp(cameo::min(value, 1)),
                cameo::sqrt(cameo::abs(value)), cameo::div(value, add(2, cameo::abs(other))));
        }
    }
    return value;
}

/// A layer and the type of its result, with its storage.
struct stored_layer {
    elementwise_spec spec{};
    tensor_type y{};
};

/// Makes operands that broadcast to a common shape: some axes have one element, some operands fewer axes. Blocked or
/// padded operands all have the same rank, and each has its own halo.
constexpr stored_layer random_layer(int seed)
{
    test::dice roll(seed);
    const layout how =
        roll.pick(layout::plain, layout::plain, layout::blocked, layout::blocked, layout::row_major_padded);
    const element type = roll.pick(element::float32, element::float32, element::float32, element::float32,
        element::float64, element::int32, element::int64);
    const bool floating = type == element::float32 || type == element::float64, predicate = roll.once_in(8);
    shape whole;
    for (dim rank = how == layout::plain ? roll(0, 5) : roll(1, 4); rank > 0; --rank) {
        whole.append(roll.within({{1, 6}, {1, 6}, {7, 40}}));
    }
    const auto stored = [&](const tensor_type& t) {
        return how == layout::plain ? t : t.stored({how, random_halo(roll, t.shape.rank)});
    };
    elementwise_spec s;
    const dim count = predicate ? 2 : roll(1, 3);
    for (dim k = 0; k < count; ++k) {
        tensor_type x{type};
        const dim first = how == layout::plain ? roll.within({{0, 0}, {0, 0}, {0, whole.rank}}) : 0,
                  ones = roll.pick(1000, 3, 2);
        for (int axis = static_cast<int>(first); axis < whole.rank; ++axis) {
            x.shape.append(roll.once_in(ones) ? 1 : whole[axis]);
        }
        s.x.types[index(s.x.count++)] = roll.once_in(8) ? tensor_type{type, {1}} : stored(x);
    }
    s.compute = predicate ? less(operand<0>, operand<1>) : random_expression(roll, s.x.count, floating);
    return {s, stored(result(plain(s)))};
}

}  // namespace

TEST_CASE("rows of every length")
{
    CHECK(agrees<cameo::tanh(operand<0>), f32<1>, f32<1>>());
    CHECK(agrees<sum, f32<3>, f32<3>, f32<3>>());
    CHECK(agrees<sum, f32<7, 13>, f32<7, 13>, f32<7, 13>>());
    CHECK(agrees<scaled, f32<200>, f32<200>, f32<200>, f32<200>>());
    CHECK(agrees<sum, f32<>, f32<>, f32<>>());
}

TEST_CASE("broadcasting")
{
    CHECK(agrees<sum, f32<4, 33>, f32<4, 33>, f32<33>>());
    CHECK(agrees<sum, f32<4, 33>, f32<4, 1>, f32<33>>());
    CHECK(agrees<sum, f32<2, 3, 5, 7>, f32<2, 3, 5, 7>, f32<3, 1, 1>>());
    CHECK(agrees<sum, f32<2, 3, 5, 7>, f32<2, 1, 5, 1>, f32<1, 3, 1, 7>>());
    CHECK(agrees<scaled, f32<2, 9>, f32<2, 9>, f32<1>, f32<>>());
}

TEST_CASE("blocked and framed storage")
{
    constexpr halo one{1, 1, 1, 1}, uneven{0, 2, 1, 0};
    CHECK(agrees<sum, f32<2, 20, 3, 5>.blocked(one), f32<2, 20, 3, 5>.blocked(), f32<2, 20, 3, 5>.blocked(uneven)>());
    CHECK(agrees<scaled, f32<1, 32, 4, 4>.blocked(), f32<1, 32, 4, 4>.blocked(), f32<1, 32, 1, 1>.blocked(),
        f32<1, 32, 1, 1>.blocked()>());
    CHECK(agrees<wave, f32<1, 20, 4, 4>.blocked(one), f32<1, 20, 4, 4>.blocked(one)>());
    CHECK(agrees<sum, f32<2, 5, 6, 7>.blocked(), f32<2, 5, 6, 7>.blocked(), f32<1>>());
    CHECK(agrees<sum, f32<2, 20, 6, 7>.blocked(), f32<2, 20, 6, 7>.blocked(), f32<2, 1, 6, 7>.blocked()>());
    CHECK(agrees<wave, f32<1, 20>.blocked(), f32<1, 20>.blocked()>());
    CHECK(agrees<wave, f32<1, 20, 9>.blocked(), f32<1, 20, 9>.blocked()>());
    CHECK(agrees<wave, f32<1, 3, 1>.stored({layout::row_major_padded, {0, 1, 0, 1}}),
        f32<1, 3, 1>.stored({layout::row_major_padded})>());
    CHECK(agrees<wave, f32<1, 3, 4, 4>.stored({layout::row_major_padded, one}),
        f32<1, 3, 4, 4>.stored({layout::row_major_padded, uneven})>());
}

TEST_CASE("other elements, predicates, functions without vectors")
{
    CHECK(agrees<sum, i64<3, 4>, i64<3, 4>, i64<4>>());
    CHECK(agrees<relu(sub(operand<0>, 3)), i32<30>, i32<30>>());
    CHECK(agrees<wave, f64<30>, f64<30>>());
    CHECK(agrees<less(operand<0>, operand<1>), boolean<5, 6>, f32<5, 6>, f32<6>>());
    CHECK(agrees<cameo::pow(cameo::abs(operand<0>), 2.5), f32<19>, f32<19>>());
}

TEST_CASE("a result over its operand")
{
    constexpr elementwise_spec spec{{wave}, {f32<37>}};
    std::vector<float> x(37, 1.0f);
    const std::array<std::span<const float>, 1> operands{x};
    kernel<spec, f32<37>>::run(operands, std::span<float>(x));
    for (float v : x) {
        CHECK(v == doctest::Approx(std::exp(1.0f) + 1));
    }
}

TEST_CASE("which operand may be overwritten")
{
    constexpr elementwise_spec spec{{sum}, {f32<4>, f32<3, 4>}}, outer{{sum}, {f32<3, 1>, f32<4>}};
    static_assert(kernel<spec, f32<3, 4>>::overwrites == 1);
    static_assert(kernel<outer, f32<3, 4>>::overwrites == -1);
}

TEST_CASE("random elementwise layers")
{
    test::for_each_seed<32>([]<int Seed> {
        constexpr stored_layer layer = random_layer(Seed);
        if constexpr (requires { kernel<layer.spec, layer.y>::plain_definition; }) {
            return false;
        } else {
            CHECK(agrees_as_stored<layer.spec, layer.y>());
            return true;
        }
    });
}
