// Implements the typed graph: adding and replacing values, counting uses, evaluating a node, and the text dump.
#include "graph/graph.hpp"
#include "support/failure.hpp"
#include "support/indented.hpp"
#include <algorithm>

namespace cameo::generator {

operation::types node::operand_types() const
{
    operation::types types;
    for (const value* v : operands) {
        types.push_back(v ? v->type : absent);
    }
    return types;
}

value* graph::add_value(std::string name, const tensor_type& type)
{
    values_.push_back(std::make_unique<value>());
    values_.back()->name = std::move(name);
    values_.back()->type = type;
    return values_.back().get();
}

value* graph::add_constant(std::string name, tensor data)
{
    value* v = add_value(std::move(name), data.type);
    v->data = std::move(data);
    return v;
}

value* graph::add_input(std::string name, const tensor_type& type)
{
    value* v = add_value(std::move(name), type);
    v->is_input = true;
    inputs.push_back(v);
    return v;
}

value* graph::add_overridable_input(std::string name, tensor initial)
{
    value* v = add_value(name, initial.type);
    v->is_input = true;
    overridable_inputs.push_back({v, add_constant(name + "_default", std::move(initial))});
    return v;
}

std::vector<value*> graph::all_inputs() const
{
    std::vector<value*> all = inputs;
    for (const overridable_input& s : overridable_inputs) {
        all.push_back(s.input);
    }
    return all;
}

value* graph::add_state(std::string name, const tensor_type& type)
{
    value* v = add_value(std::move(name), type);
    v->is_state = true;
    states.push_back({v, nullptr});
    return v;
}

bool is_zero(const value* v)
{
    if (!v) {
        return true;
    }
    if (!v->data) {
        return false;
    }
    const std::vector<double> all = numbers(*v->data);
    return std::all_of(all.begin(), all.end(), [](double x) { return x == 0; });
}

node* graph::insert(std::size_t at, std::unique_ptr<node> n)
{
    for (value* v : n->results) {
        if (v) {
            v->producer = n.get();
        }
    }
    return nodes.insert(nodes.begin() + static_cast<std::ptrdiff_t>(at), std::move(n))->get();
}

void graph::replace(const value* old, value* replacement)
{
    for (const auto& n : nodes) {
        std::replace(n->operands.begin(), n->operands.end(), const_cast<value*>(old), replacement);
    }
    std::replace(outputs.begin(), outputs.end(), const_cast<value*>(old), replacement);
    for (recurrent_state& f : states) {
        if (f.next == old) {
            f.next = replacement;
        }
    }
}

std::map<const value*, int> graph::uses() const
{
    std::map<const value*, int> count;
    for (const auto& n : nodes) {
        for (const value* v : n->operands) {
            if (v) {
                ++count[v];
            }
        }
    }
    for (const value* v : outputs) {
        ++count[v];
    }
    for (const recurrent_state& f : states) {
        if (f.next) {
            ++count[f.next];
        }
    }
    return count;
}

std::vector<const value*> graph::constants() const
{
    std::vector<const value*> all;
    std::set<const value*> seen;
    for (const overridable_input& s : overridable_inputs) {
        all.push_back(s.initial);
    }
    for (const auto& n : nodes) {
        for (const graph* body : n->op->bodies()) {
            for (const value* v : body->constants()) {
                all.push_back(v);
            }
        }
        for (const value* v : n->operands) {
            if (v && v->data && seen.insert(v).second) {
                all.push_back(v);
            }
        }
    }
    return all;
}

bool graph::is_kept(const value* v) const
{
    return std::find(outputs.begin(), outputs.end(), v) != outputs.end() ||
           std::any_of(states.begin(), states.end(), [&](const recurrent_state& f) { return f.next == v; });
}

namespace {

/// Allocates the results of a node; tensors that nobody reads are empty.
std::vector<tensor> allocated(const node& n, const operation::types& derived)
{
    std::vector<tensor> results;
    for (std::size_t i = 0; i < derived.size(); ++i) {
        const bool wanted = i < n.results.size() && n.results[i];
        try {
            results.push_back(wanted ? tensor(derived[i]) : tensor());
        } catch (const std::exception&) {  // bad_alloc, length_error
            throw failure("node '{}': its result {} takes more memory than there is",
                n.origins.empty() ? "" : printable(n.origins[0].name), to_string(derived[i]));
        }
    }
    return results;
}

}  // namespace

std::vector<tensor> evaluate(const node& n, const std::vector<const tensor*>& operands, budget& spent)
{
    operation::types types;
    for (const tensor* t : operands) {
        types.push_back(t ? t->type : absent);
    }
    const operation::types derived = n.op->results(types);
    dim bytes = 0;
    for (std::size_t i = 0; i < derived.size() && i < n.results.size(); ++i) {
        if (n.results[i]) {
            bytes = saturating_sum(bytes, static_cast<dim>(cameo::bytes(derived[i])));
        }
    }
    constexpr dim steps_of_node = 256;  // beside its elements
    spent.spend(saturating_sum(n.op->work(types), steps_of_node), bytes);
    std::vector<tensor> results = allocated(n, derived);
    n.op->evaluate(operands, results, spent);
    return results;
}

namespace {

std::string reference(const value* v)
{
    if (!v) {
        return "-";
    }
    return fmt::format("{}:{}{}", printable(v->name), to_string(v->type), v->data ? " constant" : "");
}

std::string list(const std::vector<value*>& values)
{
    std::string text;
    for (const value* v : values) {
        text += (text.empty() ? "" : ", ") + reference(v);
    }
    return text;
}

}  // namespace

std::string dump(const graph& g)
{
    std::string text = fmt::format("graph {} (opset {})\ninputs  {}\n", printable(g.name), g.opset, list(g.inputs));
    for (const overridable_input& s : g.overridable_inputs) {
        text += fmt::format("setting {}\n", reference(s.input));
    }
    for (const recurrent_state& f : g.states) {
        text += fmt::format("state   {}{}\n", reference(f.current), f.next ? ", next " + reference(f.next) : "");
    }
    for (const auto& n : g.nodes) {
        std::string attributes, origins;
        n->op->each_attribute(
            [&](std::string_view name, const std::string& value) { attributes += fmt::format(" {}={}", name, value); });
        for (const origin& o : n->origins) {
            origins +=
                fmt::format("{}{} '{}'", origins.empty() ? "" : " + ", printable(o.operator_type), printable(o.name));
        }
        text += fmt::format(
            "{} = {}({}){}    # {}\n", list(n->results), n->op->name(), list(n->operands), attributes, origins);
        for (const graph* body : n->op->bodies()) {
            text += indented(dump(*body));
        }
    }
    return text + fmt::format("outputs {}\n", list(g.outputs));
}

}  // namespace cameo::generator
