// LpPool: its shape rule and what it refuses.
#include <cameo/op/lp_pool.hpp>

namespace cameo {
namespace {

static_assert(
    result(lp_pool_spec{{.window = {.kernel_shape = {2, 2}, .strides = {2, 1}}}, f32<1, 2, 6, 6>}) == f32<1, 2, 3, 5>);
static_assert(
    check(lp_pool_spec{{.window = {.kernel_shape = {2}}, .p = 0}, f32<1, 2, 6>}) == pool_problem::p_must_be_positive);

}  // namespace
}  // namespace cameo
