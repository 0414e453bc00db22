// Implements the typed graph: adding, ordering and replacing nodes and values, whose readers are always known.
#include "graph/graph.hpp"
#include <algorithm>

namespace cameo::generator {

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

value* graph::add_overridable_input(const std::string& name, tensor initial)
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

void graph::keep(value*& slot, value* v)
{
    if (v) {
        ++v->kept_;
    }
    if (value* before = std::exchange(slot, v)) {
        --before->kept_;
    }
}

void graph::insert_output(std::size_t k, value* v, const std::string& name)
{
    const auto at = static_cast<std::ptrdiff_t>(k);
    output_names_.insert(output_names_.begin() + at, name);
    keep(*outputs_.insert(outputs_.begin() + at, nullptr), v);
}

void graph::set_output(std::size_t k, value* v) { keep(outputs_.at(k), v); }

void graph::remove_outputs(std::size_t first, std::size_t count)
{
    const auto from = static_cast<std::ptrdiff_t>(first), to = static_cast<std::ptrdiff_t>(first + count);
    for (std::size_t k = first; k < first + count; ++k) {
        set_output(k, nullptr);
    }
    outputs_.erase(outputs_.begin() + from, outputs_.begin() + to);
    output_names_.erase(output_names_.begin() + from, output_names_.begin() + to);
}

std::optional<std::size_t> graph::find_state(const value* current, const value* next) const
{
    const auto found = std::ranges::find_if(
        states_, [&](const recurrent_state& s) { return s.current == current && s.next && s.next == next; });
    return found == states_.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - states_.begin()));
}

value* graph::add_state(std::string name, const tensor_type& type, value* next)
{
    value* v = add_value(std::move(name), type);
    make_state(v, next);
    return v;
}

void graph::make_state(value* input, value* next)
{
    input->is_input = false;
    input->is_state = true;
    states_.push_back({input, nullptr});
    set_next(states_.size() - 1, next);
}

void graph::set_next(std::size_t k, value* next) { keep(states_.at(k).next, next); }

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

node& graph::put(place before, std::unique_ptr<node> n)
{
    const place at = nodes_.insert(before, std::move(n));
    node& added = **at;
    added.place_ = at;
    added.in_graph_ = true;
    number(at);
    for (std::size_t k = 0; k < added.operands_.size(); ++k) {
        added.read(k);
    }
    for (value* v : added.results_) {
        added.produce(v);
    }
    return added;
}

/// Numbers a node between its neighbours; all of them anew where there is no number left.
void graph::number(place at)
{
    constexpr std::uint64_t gap = std::uint64_t{1} << 32;
    const std::uint64_t before = at == nodes_.begin() ? 0 : (*std::prev(at))->order_;
    const bool is_last = std::next(at) == nodes_.end();
    const std::uint64_t after = is_last ? before + 2 * gap : (*std::next(at))->order_;
    (*at)->order_ = before + (after - before) / 2;
    if ((*at)->order_ == before) {
        std::uint64_t next = 0;
        for (const auto& n : nodes_) {
            n->order_ = next += gap;
        }
    }
}

void graph::move_before(const node& at, node& n)
{
    nodes_.splice(at.place_, nodes_, n.place_);
    number(n.place_);
}

void graph::erase(node& n)
{
    n.set_operands({});
    n.set_results({});
    nodes_.erase(n.place_);
}

void graph::replace(value* old, value* replacement)
{
    for (const auto& [n, operand] : std::vector(old->readers_)) {
        n->set_operand(operand, replacement);
    }
    for (std::size_t k = 0; old->is_kept() && k < outputs_.size(); ++k) {
        if (outputs_[k] == old) {
            set_output(k, replacement);
        }
    }
    for (std::size_t k = 0; old->is_kept() && k < states_.size(); ++k) {
        if (states_[k].next == old) {
            set_next(k, replacement);
        }
    }
}

std::vector<node*> nodes_within(const graph& g)
{
    std::vector<node*> all;
    for (const auto& n : g.nodes()) {
        all.push_back(n.get());
        for (const graph* held : n->op->bodies()) {
            const std::vector<node*> within = nodes_within(*held);
            all.insert(all.end(), within.begin(), within.end());
        }
    }
    return all;
}

std::vector<const value*> graph::constants() const
{
    std::vector<const value*> all;
    std::set<const value*> seen;
    for (const overridable_input& s : overridable_inputs) {
        all.push_back(s.initial);
    }
    for (const auto& n : nodes_) {
        for (const graph* body : n->op->bodies()) {
            for (const value* v : body->constants()) {
                all.push_back(v);
            }
        }
        for (const value* v : n->operands()) {
            if (v && v->data && seen.insert(v).second) {
                all.push_back(v);
            }
        }
    }
    return all;
}

}  // namespace cameo::generator
