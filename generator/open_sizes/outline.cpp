// Reduces a graph to operators, connections and attribute texts, so that graphs for two sizes can be compared.
#include "open_sizes/outline.hpp"

namespace cameo::generator {

std::vector<int> outlines::number_sources(const graph& g)
{
    std::vector<int> numbers;
    for (const value* v : g.inputs) {
        numbers.push_back(number(v, g));
    }
    for (const overridable_input& s : g.overridable_inputs) {
        numbers.push_back(number(s.input, g));
        number(s.initial, g);
    }
    for (const recurrent_state& f : g.states()) {
        numbers.push_back(number(f.current, g));
    }
    return numbers;
}

void outlines::add(const graph& g)
{
    number_sources(g);
    for (const auto& n : g.nodes()) {
        add_node(*n, g);
    }
}

int outlines::number(const value* v, const graph& of)
{
    if (!v) {
        return -1;
    }
    const auto [at, is_new] = numbers_.try_emplace(v, static_cast<int>(values_.size()));
    if (is_new) {
        values_.push_back(v);
        graphs_.push_back(&of);
    }
    return at->second;
}

void outlines::add_node(const node& n, const graph& of)
{
    outline o;
    o.within = &of;
    o.operation = n.op->name();
    for (const value* v : n.operands()) {
        o.operands.push_back(v && v->data ? -2 - number(v, of) : number(v, of));
    }
    o.known = values_.size();
    n.op->each_attribute([&](std::string_view key, const std::string& text) { o.attributes[std::string(key)] = text; });
    for (const value* v : n.results()) {
        o.results.push_back(v != nullptr);
    }
    for (const graph* held : n.op->bodies()) {
        outside_[held] = &of;
        const std::vector<int> sources = number_sources(*held);
        o.sources.insert(o.sources.end(), sources.begin(), sources.end());
    }
    nodes_.push_back(std::move(o));
    for (const graph* held : n.op->bodies()) {
        add(*held);
    }
    for (const value* v : n.results()) {
        number(v, of);
    }
}

std::vector<const value*> outlines::values_seen_from(const graph& g) const
{
    std::set<const graph*> around;
    for (const graph* at = &g; at; at = outside_.contains(at) ? outside_.at(at) : nullptr) {
        around.insert(at);
    }
    std::vector<const value*> seen = values_;
    for (std::size_t k = 0; k < seen.size(); ++k) {
        seen[k] = around.contains(graphs_[k]) ? seen[k] : nullptr;
    }
    return seen;
}

}  // namespace cameo::generator
