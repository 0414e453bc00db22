// Channel selection: shapes, order, and what it refuses.
#include <cameo/op/select_channels.hpp>

namespace cameo {
namespace {

constexpr select_channels_spec shuffled{{.groups = 2, .first = 1, .count = 4}, {f32<1, 4, 3>, f32<1, 2, 3>}};
static_assert(check(shuffled) == select_channels_problem::none);
static_assert(result(shuffled) == f32<1, 4, 3>);
// Of the channels 0 1 2 3 | 4 5, in two groups: 0 3 1 4 2 5.
static_assert(shuffled.source_of(0).operand == 0 && shuffled.source_of(0).channel == 3);
static_assert(shuffled.source_of(2).operand == 1 && shuffled.source_of(2).channel == 0);
static_assert(shuffled.source_of(3).operand == 0 && shuffled.source_of(3).channel == 2);

static_assert(check(select_channels_spec{{.count = 1}, {f32<4>}}) ==
              select_channels_problem::operands_must_have_a_batch_and_a_channel_axis);
static_assert(check(select_channels_spec{{.count = 1}, {f32<1, 4>, f64<1, 4>}}) ==
              select_channels_problem::operands_must_have_one_element_type);
static_assert(check(select_channels_spec{{.count = 1}, {f32<1, 4, 2>, f32<1, 4, 3>}}) ==
              select_channels_problem::operands_must_agree_except_in_their_channels);
static_assert(check(select_channels_spec{{.groups = 3, .count = 1}, {f32<1, 4>}}) ==
              select_channels_problem::groups_must_divide_the_channels);
static_assert(check(select_channels_spec{{.first = 3, .count = 2}, {f32<1, 4>}}) ==
              select_channels_problem::channels_are_out_of_range);

}  // namespace
}  // namespace cameo
