// Einsum: result shapes of products and broadcasts, what it refuses, and a trace computed by hand.
#include <cameo/op/einsum.hpp>

using namespace cameo;

namespace {

constexpr einsum_spec product{{.terms = {{{0, 2}, {2, 1}}}, .rank = 2}, {f32<2, 3>, f32<3, 4>}};  // ij,jk->ik
static_assert(check(product) == einsum_problem::none && result(product) == f32<2, 4> && multiplications(product) == 24);

constexpr einsum_spec broadcast_batch{
    {.terms = {{{0, 1}, {0, 1}}}, .rank = 2}, {f32<1, 3>, f32<2, 3>}};  // ...i,...i->...i
static_assert(check(broadcast_batch) == einsum_problem::none && result(broadcast_batch) == f32<2, 3>);

constexpr einsum_spec with(einsum_attributes a, operand_list x) { return {a, x}; }
static_assert(
    check(with({.terms = {{{0, 1}}}, .rank = 2}, {f32<2, 3, 4>})) == einsum_problem::every_axis_must_have_an_index);
static_assert(
    check(with({.terms = {{{0, 0}}}, .rank = 1}, {f32<2, 3>})) == einsum_problem::axes_of_an_index_must_be_equal_or_1);
static_assert(check(with({.terms = {{{0, 0}, {0}}}, .rank = 1}, {f32<0, 1>, f32<2>})) ==
              einsum_problem::axes_of_an_index_must_be_equal_or_1);
static_assert(check(with({.terms = {{{0}}}, .rank = 2}, {f32<2>})) == einsum_problem::every_index_must_be_of_an_axis);
static_assert(check(with({.terms = {{{0, 40}}}, .rank = 1}, {f32<2, 3>})) == einsum_problem::too_many_indices);

/// Computes a trace, ii->.
constexpr auto trace = [] {
    const std::array<std::int32_t, 9> x{1, 2, 3, 4, 5, 6, 7, 8, 9};
    const std::array operands{std::span<const std::int32_t>(x)};
    std::array<std::int32_t, 1> y{};
    evaluate<std::int32_t>(with({.terms = {{{0, 0}}}}, {i32<3, 3>}), operands, y);
    return y[0];
}();
static_assert(trace == 15);

}  // namespace
