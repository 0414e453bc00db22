// Imports Scan as a loop over slices of its sequences.
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include "op/loop_operation.hpp"
#include <algorithm>
#include <cameo/op/slice.hpp>

namespace cameo::generator {

namespace {

/// Reads one integer for each of `count` sequences, 0 by default.
std::vector<dim> of_each(const source_node& n, std::string_view name, std::size_t count)
{
    const std::vector<dim> all = n.integers(name, std::vector<dim>(count, 0));
    if (all.size() != count) {
        throw unsupported("attribute '{}' has {} numbers for {} sequences", name, all.size(), count);
    }
    return all;
}

/// Moves an axis to the front, or from there to its place.
value* moved(source_node& n, value* v, int from, int to)
{
    if (from == to) {
        return v;
    }
    shape permutation;
    for (int axis = 0; axis < v->type.shape.rank; ++axis) {
        permutation.append(axis);
    }
    const auto begin = permutation.extent.begin();
    if (from > to) {
        std::rotate(begin + to, begin + from, begin + from + 1);
    } else {
        std::rotate(begin + from, begin + from + 1, begin + to + 1);
    }
    return transposed(n, v, permutation);
}

value* reversed(source_node& n, value* v)
{
    slice_attributes a;
    a.ends = v->type.shape;
    for (int axis = 0; axis < v->type.shape.rank; ++axis) {
        a.starts.append(0);
        a.steps.append(1);
    }
    a.starts[0] = v->type.shape[0] - 1;
    a.ends[0] = a.steps[0] = -1;
    return n.add<slice_spec>(a, {v})[0];
}

/// Returns the sequences, transposed and reversed so that a loop reads them forwards along their first axes.
std::vector<value*> sequences_of(source_node& n, std::size_t states, std::size_t count)
{
    const std::vector<dim> axes = of_each(n, "scan_input_axes", count),
                           directions = of_each(n, "scan_input_directions", count);
    std::vector<value*> all;
    for (std::size_t k = 0; k < count; ++k) {
        value* v = n.required_operand(states + k);
        if (v->type.shape.rank == 0) {
            throw unsupported("sequence {} has no axis", k);
        }
        v = moved(n, v, n.axis(axes[k], v->type.shape.rank), 0);
        all.push_back(directions[k] ? reversed(n, v) : v);
        if (v->type.shape[0] != all[0]->type.shape[0]) {
            throw unsupported("sequences have {} and {} parts", all[0]->type.shape[0], v->type.shape[0]);
        }
    }
    return all;
}

/// Gives the body the inputs and outputs of a loop body.
void adapt(graph& g, std::size_t states)
{
    carry(g, 0, 0, states);
    std::vector<value*> inputs = std::move(g.inputs);
    g.inputs.clear();
    g.add_input("iteration", i64<>);
    g.add_input("condition", boolean<>);
    g.inputs.insert(g.inputs.end(), inputs.begin(), inputs.end());
    g.insert_output(0, g.add_constant("condition", scalar(true)), "condition");
}

void import_scan(source_node& n)
{
    const auto count = n.integer("num_scan_inputs", 0);
    if (count < 1 || static_cast<std::size_t>(count) > n.operand_count()) {
        throw unsupported("attribute 'num_scan_inputs' is {} of {} operands", count, n.operand_count());
    }
    const std::size_t parts = static_cast<std::size_t>(count), states = n.operand_count() - parts;
    const std::vector<value*> sequences = sequences_of(n, states, parts);
    operation::types inputs;
    for (std::size_t k = 0; k < states; ++k) {
        inputs.push_back(n.type(k));
    }
    for (const value* v : sequences) {
        tensor_type part{v->type.element, {}};
        for (int axis = 1; axis < v->type.shape.rank; ++axis) {
            part.shape.append(v->type.shape[axis]);
        }
        inputs.push_back(part);
    }
    body b = n.bodies().nested("body", n.graph_proto("body"), inputs);
    if (b.network->outputs().size() < states) {
        throw unsupported("its body has {} outputs for {} states", b.network->outputs().size(), states);
    }
    const std::size_t collected = b.network->outputs().size() - states;
    adapt(*b.network, states);
    std::vector<value*> operands{nullptr, nullptr};
    for (std::size_t k = 0; k < states; ++k) {
        operands.push_back(n.required_operand(k));
    }
    operands.insert(operands.end(), sequences.begin(), sequences.end());
    operands.insert(operands.end(), b.captured.begin(), b.captured.end());
    const std::vector<dim> axes = of_each(n, "scan_output_axes", collected),
                           directions = of_each(n, "scan_output_directions", collected);
    n.become(
        std::make_unique<loop_operation>(std::move(b.network), loop_attributes{sequences[0]->type.shape[0], parts}),
        std::move(operands));
    for (std::size_t k = 0; k < collected; ++k) {
        if (!n.has_output(states + k)) {
            continue;
        }
        value* v = n.results()[states + k];
        if (directions[k]) {
            v = reversed(n, v);
        }
        n.set_result(states + k, moved(n, v, 0, n.axis(axes[k], v->type.shape.rank)));
    }
}

}  // namespace

void add_scan(operator_table& table)
{
    table.add("Scan", {9, 11, 16, 19, 21, 23, 24, 25}, import_scan, "carried values keep their types and shapes");
}

}  // namespace cameo::generator
