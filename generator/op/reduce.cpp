// Imports the ten reductions, ReduceSum to ReduceSumSquare; a mean over all spatial axes becomes a global AveragePool.
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include "op/run_time_axis.hpp"
#include <algorithm>
#include <cameo/op/average_pool.hpp>
#include <cameo/op/elementwise.hpp>
#include <cameo/op/reduce.hpp>
#include <limits>

namespace cameo::generator {

value* reduced(source_node& n, reduction r, value* v, const shape& axes)
{
    return n.add<reduce_spec>({r, axes}, {v})[0];
}

namespace {

/// Tells whether a reduction of a single element is that element, so that reducing no axes does nothing.
constexpr bool keeps_single_elements(reduction r)
{
    using enum reduction;
    return r == sum || r == mean || r == max || r == min || r == prod || r == log_sum_exp;
}

/// Tells whether a reduction is a mean over all spatial axes: a global AveragePool, which has a fast path.
bool is_global_pool(reduction r, const tensor_type& x, const std::vector<dim>& axes)
{
    if (r != reduction::mean || !is_floating(x.element) || x.shape.rank < 3 || x.shape.count() == 0) {
        return false;
    }
    return static_cast<int>(axes.size()) == x.shape.rank - 2 && axes.front() == 2 && axes.back() == x.shape.rank - 1;
}

void become_global_pool(source_node& n, bool keep_axes)
{
    const shape& x = n.type(0).shape;
    value* mean = n.add<average_pool_spec>({.window = {.kernel_shape = spatial(x)}}, {n.required_operand(0)})[0];
    n.set_result(0, keep_axes ? mean : n.reshaped(mean, {x[0], x[1]}));
}

/// Returns the element that leaves a reduction of others as it is.
value* neutral_element(source_node& n, reduction r, element type)
{
    const bool is_maximum = r == reduction::max || r == reduction::log_sum_exp;
    const double other = r == reduction::prod ? 1 : 0, infinity = std::numeric_limits<double>::infinity();
    tensor t({type, {}});
    with_elements(t, [&]<class T>(std::span<T> one) {
        if constexpr (std::is_arithmetic_v<T>) {
            using namespace cameo::detail;
            one[0] = is_maximum ? lowest<T> : r == reduction::min ? highest<T> : static_cast<T>(other);
        } else {
            one[0] = cameo::detail::convert<T>(is_maximum ? -infinity : r == reduction::min ? infinity : other);
        }
    });
    return n.add_constant(std::move(t));
}

/// Reduces axes of which the data decide how much of one is there. The rest is what leaves the reduction as it is, and
/// a mean is the sum, divided by how many elements there are.
value* reduced_in_part(source_node& n, reduce_attributes a)
{
    value* x = n.required_operand(0);
    const run_time_extent there = *x->extent;
    value* all = with_rest(n, x, neutral_element(n, a.reduction, x->type.element));
    if (a.reduction != reduction::mean) {
        return n.add<reduce_spec>(a, {all})[0];
    }
    a.reduction = reduction::sum;
    const reduce_spec spec{a, x->type};
    const dim others = spec.reduced().count() / std::max(x->type.shape[there.axis], dim{1});
    value* count = cast(n,
        n.compute(mul(min(operand<0>, static_cast<double>(x->type.shape[there.axis])), static_cast<double>(others)),
            {there.count}),
        x->type.element);
    return n.compute(div(operand<0>, operand<1>), {n.add<reduce_spec>(a, {all})[0], n.reshaped(count, {})});
}

/// Imports a reduction. The axes are an operand since opset `Since`. Without any, all axes are reduced, unless
/// noop_with_empty_axes is set.
template <reduction Reduction, int Since = 18>
void import_reduce(source_node& n)
{
    const int rank = n.type(0).shape.rank;
    std::vector<dim> axes = n.integers_or_operand("axes", 1, Since);
    for (dim& a : axes) {
        a = n.axis(a, rank);
    }
    if (axes.empty() && !n.integer("noop_with_empty_axes", 0)) {
        for (int axis = 0; axis < rank; ++axis) {
            axes.push_back(axis);
        }
    }
    n.ignore({"noop_with_empty_axes", "keepdims"});  // where others settle them
    std::sort(axes.begin(), axes.end());
    if (axes.empty() && keeps_single_elements(Reduction)) {
        return n.set_result(0, n.required_operand(0));
    }
    const reduce_attributes a{Reduction, to_shape(axes), n.integer("keepdims", 1) != 0};
    if (has_rest(n.required_operand(0), axes)) {
        return n.set_result(0, reduced_in_part(n, a));
    }
    if (is_global_pool(Reduction, n.type(0), axes)) {
        return become_global_pool(n, a.keepdims);
    }
    n.become<reduce_spec>(a, {n.required_operand(0)});
}

}  // namespace

void add_reduce(operator_table& table)
{
    using enum reduction;
    table.add<reduce_spec>("ReduceSum", {1, 11, 13}, import_reduce<sum, 13>, "`axes` is constant");
    table.add<reduce_spec>("ReduceMean", {1, 11, 13, 18}, import_reduce<mean>, "`axes` is constant");
    table.add<reduce_spec>("ReduceMax", {1, 11, 12, 13, 18, 20}, import_reduce<reduction::max>, "`axes` is constant");
    table.add<reduce_spec>("ReduceMin", {1, 11, 12, 13, 18, 20}, import_reduce<reduction::min>, "`axes` is constant");
    table.add<reduce_spec>("ReduceProd", {1, 11, 13, 18}, import_reduce<prod>, "`axes` is constant");
    table.add<reduce_spec>("ReduceL1", {1, 11, 13, 18}, import_reduce<l1>, "`axes` is constant");
    table.add<reduce_spec>("ReduceL2", {1, 11, 13, 18}, import_reduce<l2>, "`axes` is constant");
    table.add<reduce_spec>("ReduceLogSum", {1, 11, 13, 18, 28}, import_reduce<log_sum>, "`axes` is constant");
    table.add<reduce_spec>("ReduceLogSumExp", {1, 11, 13, 18, 28}, import_reduce<log_sum_exp>, "`axes` is constant");
    table.add<reduce_spec>("ReduceSumSquare", {1, 11, 13, 18}, import_reduce<sum_square>, "`axes` is constant");
}

}  // namespace cameo::generator
