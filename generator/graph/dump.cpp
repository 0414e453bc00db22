// Writes a graph as text, a line a node.
#include "graph/dump.hpp"
#include "support/failure.hpp"
#include "support/indented.hpp"

namespace cameo::generator {

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
        text += fmt::format("overridable {}\n", reference(s.input));
    }
    for (const recurrent_state& f : g.states()) {
        text += fmt::format("state   {}{}\n", reference(f.current), f.next ? ", next " + reference(f.next) : "");
    }
    for (const auto& n : g.nodes()) {
        std::string attributes, origins;
        n->op->each_attribute(
            [&](std::string_view name, const std::string& value) { attributes += fmt::format(" {}={}", name, value); });
        for (const origin& o : n->origins) {
            origins +=
                fmt::format("{}{} '{}'", origins.empty() ? "" : " + ", printable(o.operator_type), printable(o.name));
        }
        text += fmt::format(
            "{} = {}({}){}    # {}\n", list(n->results()), n->op->name(), list(n->operands()), attributes, origins);
        for (const graph* body : n->op->bodies()) {
            text += indented(dump(*body));
        }
    }
    return text + fmt::format("outputs {}\n", list(g.outputs()));
}

}  // namespace cameo::generator
