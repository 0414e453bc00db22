// Imports Scan as a loop over slices of its sequences.
#include "import/axes.hpp"
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

void require_one_length(const std::vector<value*>& sequences)
{
    for (const value* v : sequences) {
        if (v->type.shape[0] != sequences[0]->type.shape[0]) {
            throw unsupported("sequences have {} and {} parts", sequences[0]->type.shape[0], v->type.shape[0]);
        }
    }
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
    }
    require_one_length(all);
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

/// A loop over the parts of sequences.
struct scan_loop {
    std::unique_ptr<operation> op;
    std::vector<value*> operands;
    std::size_t collected;  ///< results behind the states
};

scan_loop loop_over(source_node& n, const std::vector<value*>& states, const std::vector<value*>& sequences)
{
    operation::types inputs;
    for (const value* v : states) {
        inputs.push_back(v->type);
    }
    for (const value* v : sequences) {
        inputs.push_back({v->type.element, without(v->type.shape, 0)});
    }
    body b = n.bodies().nested("body", n.graph_proto("body"), inputs);
    if (b.network->outputs().size() < states.size()) {
        throw unsupported("its body has {} outputs for {} states", b.network->outputs().size(), states.size());
    }
    const std::size_t collected = b.network->outputs().size() - states.size();
    adapt(*b.network, states.size());
    std::vector<value*> operands{nullptr, nullptr};
    for (const auto* some : std::array<const std::vector<value*>*, 3>{&states, &sequences, &b.captured}) {
        operands.insert(operands.end(), some->begin(), some->end());
    }
    const loop_attributes attributes{sequences[0]->type.shape[0], sequences.size()};
    return {std::make_unique<loop_operation>(std::move(b.network), attributes), std::move(operands), collected};
}

/// Returns how many of the operands, the last ones, are sequences.
std::size_t count_sequences(const source_node& n)
{
    const auto count = n.integer("num_scan_inputs", 0);
    if (count < 1 || static_cast<std::size_t>(count) > n.operand_count()) {
        throw unsupported("attribute 'num_scan_inputs' is {} of {} operands", count, n.operand_count());
    }
    return static_cast<std::size_t>(count);
}

void import_scan(source_node& n)
{
    const std::size_t parts = count_sequences(n), states = n.operand_count() - parts;
    std::vector<value*> first;
    for (std::size_t k = 0; k < states; ++k) {
        first.push_back(n.required_operand(k));
    }
    scan_loop loop = loop_over(n, first, sequences_of(n, states, parts));
    const std::vector<dim> axes = of_each(n, "scan_output_axes", loop.collected),
                           directions = of_each(n, "scan_output_directions", loop.collected);
    n.become(std::move(loop.op), std::move(loop.operands));
    for (std::size_t k = 0; k < loop.collected; ++k) {
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

/// Imports Scan of opset 8: the first axis of all is a batch, each element of which is a scan of its own.
void import_batched_scan(source_node& n)
{
    if (n.operand(0)) {
        throw unsupported("sequence_lens must be absent: all sequences must have one length");
    }
    const std::size_t parts = count_sequences(n), states = n.operand_count() - 1 - parts;
    const std::vector<dim> directions = of_each(n, "directions", parts);
    const shape& first = n.type(1).shape;
    std::vector<std::vector<value*>> results;
    for (dim i = 0; i < (first.rank > 0 ? first[0] : 0); ++i) {
        std::vector<value*> of_state, of_sequence;
        for (std::size_t k = 1; k < n.operand_count(); ++k) {
            value* all = n.required_operand(k);
            const bool is_state = k <= states;
            if (all->type.shape.rank < (is_state ? 1 : 2) || all->type.shape[0] != first[0]) {
                throw unsupported("operand {} must have a batch of {}, found {}", k, first[0], to_string(all->type));
            }
            value* one = n.reshaped(sliced(n, all, 0, i, i + 1), without(all->type.shape, 0));
            const bool backwards = !is_state && directions[k - 1 - states];
            (is_state ? of_state : of_sequence).push_back(backwards ? reversed(n, one) : one);
        }
        require_one_length(of_sequence);
        scan_loop loop = loop_over(n, of_state, of_sequence);
        const std::size_t count = states + loop.collected;
        results.resize(count);
        const std::vector<value*> of_one = n.add(std::move(loop.op), std::move(loop.operands), count);
        for (std::size_t k = 0; k < count; ++k) {
            results[k].push_back(n.reshaped(of_one[k], with_one(of_one[k]->type.shape, 0)));
        }
    }
    for (std::size_t k = 0; k < results.size(); ++k) {
        n.set_result(k, concatenated(n, 0, results[k]));
    }
}

}  // namespace

void add_scan(operator_table& table)
{
    const auto import = [](source_node& n) { n.opset() < 9 ? import_batched_scan(n) : import_scan(n); };
    table.add("Scan", {8, 9, 11, 16, 19, 21, 23, 24, 25}, import, "carried values keep their types and shapes");
}

}  // namespace cameo::generator
