// Reshape is a view: it keeps the same elements in the same order.
#include <cameo/network/plan.hpp>
#include <cameo/op/reshape.hpp>

namespace cameo {
namespace {

static_assert(view_operator<reshape_spec>);
static_assert(result(reshape_spec{{{3, 2}}, f32<2, 3>}) == f32<3, 2>);
static_assert(result(reshape_spec{{{}}, f32<1, 1>}) == f32<>);
static_assert(check(reshape_spec{{{6}}, f32<2, 3>}) == reshape_problem::none);
static_assert(check(reshape_spec{{{0, 5}}, f32<2, 0>}) == reshape_problem::none);
static_assert(check(reshape_spec{{{5}}, f32<2, 3>}) == reshape_problem::number_of_elements_must_stay_the_same);

}  // namespace
}  // namespace cameo
