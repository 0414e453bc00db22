#include "graph/define_operation.hpp"
#include "import/operator_table.hpp"
#include <algorithm>
#include <cameo/op/reduce.hpp>

namespace cameo::generator {

template class operation_of<reduce_spec>;

namespace {

/// Without further computation: what these make of a single element is that element.
constexpr bool keeps_single_elements(reduction r)
{
    using enum reduction;
    return r == sum || r == mean || r == max || r == min || r == prod || r == log_sum_exp;
}

/// The axes are an operand since opset `Since`. Without any, all axes are reduced, unless noop_with_empty_axes.
template <reduction Reduction, int Since = 18>
void import_reduce(source_node& n)
{
    const int rank = n.type(0).shape.rank;
    std::vector<dim> axes = n.integers_or_operand("axes", 1, Since);
    for (dim& a : axes) a = n.axis(a, rank);
    if (axes.empty() && !n.integer("noop_with_empty_axes", 0))
        for (int axis = 0; axis < rank; ++axis) axes.push_back(axis);
    n.ignore({"noop_with_empty_axes", "keepdims"});  // where others settle them
    std::sort(axes.begin(), axes.end());
    if (axes.empty() && keeps_single_elements(Reduction)) return n.set_result(0, n.need(0));
    n.become<reduce_spec>({Reduction, to_shape(axes), n.integer("keepdims", 1) != 0}, {n.need(0)});
}

}  // namespace

void add_reduce(operator_table& table)
{
    using enum reduction;
    table.add("ReduceSum", {1, 11, 13}, import_reduce<sum, 13>);
    table.add("ReduceMean", {1, 11, 13, 18}, import_reduce<mean>);
    table.add("ReduceMax", {1, 11, 12, 13, 18, 20}, import_reduce<reduction::max>);
    table.add("ReduceMin", {1, 11, 12, 13, 18, 20}, import_reduce<reduction::min>);
    table.add("ReduceProd", {1, 11, 13, 18}, import_reduce<prod>);
    table.add("ReduceL1", {1, 11, 13, 18}, import_reduce<l1>);
    table.add("ReduceL2", {1, 11, 13, 18}, import_reduce<l2>);
    table.add("ReduceLogSum", {1, 11, 13, 18, 28}, import_reduce<log_sum>);
    table.add("ReduceLogSumExp", {1, 11, 13, 18, 28}, import_reduce<log_sum_exp>);
    table.add("ReduceSumSquare", {1, 11, 13, 18}, import_reduce<sum_square>);
}

}  // namespace cameo::generator
