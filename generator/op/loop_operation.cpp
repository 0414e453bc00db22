// Evaluates a Loop layer iteration by iteration, and turns the carried inputs of its body into state.
#include "op/loop_operation.hpp"
#include "graph/text.hpp"
#include "support/failure.hpp"
#include <limits>

namespace cameo::generator {

namespace {

std::vector<std::unique_ptr<graph>> only(std::unique_ptr<graph> body)
{
    std::vector<std::unique_ptr<graph>> bodies;
    bodies.push_back(std::move(body));
    return bodies;
}

/// The cost of an iteration apart from its nodes, in steps.
constexpr dim steps_of_iteration = 256;

/// Copies slice i of a tensor along its first axis.
tensor part(const tensor& all, const tensor_type& type, dim i)
{
    tensor t(type);
    std::copy_n(
        all.bytes.begin() + static_cast<std::ptrdiff_t>(index(i) * t.bytes.size()), t.bytes.size(), t.bytes.begin());
    return t;
}

}  // namespace

loop_operation::loop_operation(std::unique_ptr<graph> body, const loop_attributes& attributes)
    : control_flow(only(std::move(body))), attributes_(attributes)
{
}

void loop_operation::evaluate(
    const std::vector<const tensor*>& operands, std::vector<tensor>& results, budget& spent) const
{
    const graph& g = body(0);
    const std::size_t states = g.states().size();
    dim limit = attributes_.count < 0 ? std::numeric_limits<dim>::max() : attributes_.count;
    if (operands[0]) {
        limit = std::min(limit, operands[0]->as<dim>()[0]);
    }
    bool condition = !operands[1] || operands[1]->as<bool>()[0];
    tensor_map state;
    for (std::size_t k = 0; k < states; ++k) {
        state[g.states()[k].current] = *operands[2 + k];
    }
    dim number = 0;
    for (; number < limit && condition; ++number) {
        spent.spend(steps_of_iteration, 0);
        const budget::room same(spent);
        tensor_map given = state;
        given[g.inputs[0]] = scalar(number);
        given[g.inputs[1]] = scalar(condition);
        for (std::size_t k = 2; k < g.inputs.size(); ++k) {
            given[g.inputs[k]] = k < 2 + attributes_.sequences ? part(*operands[states + k], g.inputs[k]->type, number)
                                                               : *operands[states + k];
        }
        const tensor_map values = generator::evaluate(g, std::move(given), false, spent);
        condition = data_of(g.outputs()[0], values).as<bool>()[0];
        for (std::size_t k = 1; k < g.outputs().size(); ++k) {
            const tensor& t = data_of(g.outputs()[k], values);
            if (tensor& all = results[states + k - 1]; !all.bytes.empty() && number < attributes_.parts()) {
                std::copy(t.bytes.begin(), t.bytes.end(),
                    all.bytes.begin() + static_cast<std::ptrdiff_t>(index(number) * t.bytes.size()));
            }
        }
        state = next_state(g, values);
    }
    for (std::size_t k = 0; k < states; ++k) {
        results[k] = std::move(state.at(g.states()[k].current));
    }
    if (attributes_.counts()) {
        results[states + g.outputs().size() - 1] = scalar(number);
    }
}

void loop_operation::each_attribute(const visitor& visit) const { generator::each_attribute(attributes_, visit); }

/// Counts the multiplications of one iteration if the trip count is known only at run time.
dim loop_operation::multiplications(const types&) const
{
    return saturating_product(std::max(attributes_.count, dim{1}), generator::multiplications(body(0)));
}

operation::types loop_operation::result_types() const
{
    types all;
    for (const recurrent_state& f : body(0).states()) {
        all.push_back(f.current->type.plain());
    }
    for (std::size_t k = 1; k < body(0).outputs().size(); ++k) {
        all.push_back(collected(body(0).outputs()[k]->type.plain(), attributes_.parts()));
    }
    if (attributes_.counts()) {
        all.push_back(i64<>);
    }
    return all;
}

void carry(graph& body, std::size_t first, std::size_t next, std::size_t count)
{
    for (std::size_t k = 0; k < count; ++k) {
        value *state = body.inputs[first + k], *follower = body.outputs()[next + k];
        if (state->type != follower->type) {
            throw failure("carried value '{}' is {} at first and {} after an iteration, whose number is known at run "
                          "time only: its type must stay the same",
                state->name, to_string(state->type), to_string(follower->type));
        }
        body.make_state(state, follower);
    }
    const auto states = body.inputs.begin() + static_cast<std::ptrdiff_t>(first);
    body.inputs.erase(states, states + static_cast<std::ptrdiff_t>(count));
    body.remove_outputs(next, count);
}

}  // namespace cameo::generator
