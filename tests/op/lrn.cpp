// LRN: its shape rule's refusals.
#include <cameo/op/lrn.hpp>

namespace cameo {
namespace {

static_assert(result(lrn_spec{{.size = 3}, f32<1, 4, 5>}) == f32<1, 4, 5>);
static_assert(check(lrn_spec{{.size = 0}, f32<1, 4, 5>}) == lrn_problem::size_must_be_positive);
static_assert(check(lrn_spec{{.size = 3}, f32<4>}) == lrn_problem::input_must_have_a_batch_and_a_channel_axis);

}  // namespace
}  // namespace cameo
