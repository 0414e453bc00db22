// Expand: broadcasting in both directions, and shapes that it refuses.
#include <cameo/op/expand.hpp>

namespace cameo {
namespace {

static_assert(result(expand_spec{{{2, 1, 1}}, f32<3, 4>}) == f32<2, 3, 4>);
static_assert(result(expand_spec{{{0}}, f32<1>}) == f32<0>);
static_assert(check(expand_spec{{{2}}, f32<3>}) == expand_problem::input_and_shape_do_not_broadcast_together);
static_assert(check(expand_spec{{{-1}}, f32<1>}) == expand_problem::result_is_too_large);
static_assert(check(expand_spec{{{max_count, max_count}}, f32<1>}) == expand_problem::result_is_too_large);

}  // namespace
}  // namespace cameo
