// Evaluates a graph node by node with the operators' plain definitions, and carries state from run to run.
#include "evaluate/evaluate.hpp"
#include "graph/evaluate_node.hpp"
#include "support/failure.hpp"
#include "support/nearest.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

void check_type(const value& v, const tensor& given)
{
    if (given.type != v.type.plain()) {
        throw failure("input '{}': expected {}, found {}", printable(v.name), to_string(v.type), to_string(given.type));
    }
}

}  // namespace

tensor_map bind_inputs(const graph& g, const std::map<std::string, tensor>& given)
{
    tensor_map inputs;
    for (const value* v : g.inputs) {
        const auto found = given.find(v->name);
        if (found == given.end()) {
            throw failure("input '{}' ({}): is not given; use --input {}=file.npy", printable(v->name),
                to_string(v->type), printable(v->name));
        }
        check_type(*v, found->second);
        inputs.emplace(v, found->second);
    }
    for (const overridable_input& s : g.overridable_inputs) {
        const auto found = given.find(s.input->name);
        if (found != given.end()) {
            check_type(*s.input, found->second);
        }
        inputs.emplace(s.input, found == given.end() ? *s.initial->data : found->second);
    }
    for (const auto& [name, unused] : given) {
        if (std::none_of(inputs.begin(), inputs.end(), [&](const auto& bound) { return bound.first->name == name; })) {
            std::vector<std::string> known;
            for (const value* v : g.all_inputs()) {
                known.push_back(v->name);
            }
            throw failure("--input {}: the model has no input of this name{}. It has {}", printable(name),
                did_you_mean(name, known), quoted_list(known, "none"));
        }
    }
    return inputs;
}

tensor_map initial_state(const graph& g)
{
    tensor_map state;
    for (const recurrent_state& f : g.states()) {
        state.emplace(f.current, tensor(f.current->type.plain()));
    }
    return state;
}

tensor_map next_state(const graph& g, const tensor_map& values)
{
    tensor_map state;
    for (const recurrent_state& f : g.states()) {
        state.emplace(f.current, f.next->data ? *f.next->data : values.at(f.next));
    }
    return state;
}

std::vector<tensor_map> evaluate_runs(const graph& g, const std::vector<std::map<std::string, tensor>>& runs,
    bool keep_all, const evaluation_observer& before)
{
    std::vector<tensor_map> all;
    tensor_map state = initial_state(g);
    budget unlimited;
    for (const auto& inputs : runs) {
        tensor_map given = bind_inputs(g, inputs);
        given.merge(state);
        all.push_back(evaluate(g, std::move(given), keep_all, unlimited, before));
        state = next_state(g, all.back());
    }
    return all;
}

std::vector<tensor> outputs_of(const graph& g, const std::vector<tensor_map>& runs)
{
    std::vector<tensor> outputs;
    for (const value* v : g.outputs()) {
        std::vector<tensor> all;
        for (const tensor_map& values : runs) {
            all.push_back(values.at(v));
        }
        outputs.push_back(stacked(all));
    }
    return outputs;
}

namespace {

void release(tensor_map& values, const value* v, budget& spent)
{
    const auto found = values.find(v);
    if (found == values.end()) {
        return;
    }
    spent.release(std::ssize(found->second.bytes));
    values.erase(found);
}

}  // namespace

tensor_map evaluate(const graph& g, tensor_map values, bool keep_all, budget& spent, const evaluation_observer& before)
{
    std::unordered_map<const value*, std::size_t> reads;  // so far
    std::size_t position = 0;
    for (const auto& n : g.nodes()) {
        if (before) {
            before(*n, position++);
        }
        std::vector<const tensor*> operands;
        for (const value* v : n->operands()) {
            operands.push_back(!v ? nullptr : v->data ? &*v->data : &values.at(v));
        }
        std::vector<tensor> results = evaluate(*n, operands, spent);
        for (std::size_t k = 0; k < n->results().size(); ++k) {
            if (n->results()[k] && !n->op->is_scratch(k)) {
                values[n->results()[k]] = std::move(results[k]);
            } else {
                spent.release(std::ssize(results[k].bytes));
            }
        }
        for (const value* v : n->operands()) {
            if (v && ++reads[v] == v->uses() && !keep_all) {
                release(values, v, spent);
            }
        }
    }
    return values;
}

}  // namespace cameo::generator
