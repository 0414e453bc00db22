// Reduces a graph to operators, connections and attribute texts, so that graphs for two sizes can be compared.
#include "open_sizes/outline.hpp"

namespace cameo::generator {

outlines::outlines(const graph& g) : constants_(g.constants())
{
    for (const value* v : g.inputs) {
        number(v);
    }
    for (const overridable_input& s : g.overridable_inputs) {
        number(s.input);
    }
    for (const recurrent_state& f : g.states()) {
        number(f.current);
    }
    for (const auto& n : g.nodes()) {
        nodes_.push_back(outline_of(*n));
    }
}

int outlines::number(const value* v)
{
    return v ? numbers_.try_emplace(v, static_cast<int>(numbers_.size())).first->second : -1;
}

outline outlines::outline_of(const node& n)
{
    outline o;
    o.operation = n.op->name();
    for (const value* v : n.operands()) {
        o.operands.push_back(v && v->data ? -2 - number(v) : number(v));
    }
    for (const value* v : n.results()) {
        o.results.push_back(v != nullptr);
        number(v);
    }
    n.op->each_attribute([&](std::string_view key, const std::string& text) { o.attributes[std::string(key)] = text; });
    if (!n.operands().empty() && n.operand(0)) {
        o.operand = n.operand(0)->type.shape;
    }
    return o;
}

}  // namespace cameo::generator
