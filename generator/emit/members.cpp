// Writes the lists and the schedule of a model.
#include "emit/members.hpp"

namespace cameo::generator {

namespace {

std::string listed_overridable_inputs(const graph& g, const value_names& names)
{
    std::vector<value*> all;
    for (const overridable_input& s : g.overridable_inputs) {
        all.push_back(s.input);
    }
    return listed(all, names);
}

/// What states are in the next run.
std::string kept(const graph& g, const value_names& names)
{
    std::string text;
    for (const auto& [state, next] : g.states()) {
        if (next) {
            text += fmt::format(
                "{}cameo::recurrent_state<{}, {}>", text.empty() ? "" : ", ", names.at(state), names.at(next));
        }
    }
    return text;
}

}  // namespace

std::string members_text(const graph& g, const value_names& names, const std::vector<std::string>& order)
{
    std::string text;
    const auto add_list = [&](std::string_view name, const std::string& list) {
        text += fmt::format("    using {} = cameo::list<{}>;\n", name, list);
    };
    add_list("inputs", listed(g.inputs, names));
    add_list("outputs", listed(g.outputs(), names));
    if (!g.overridable_inputs.empty()) {
        add_list("overridable_inputs", listed_overridable_inputs(g, names));
    }
    if (const std::string list = kept(g, names); !list.empty()) {
        add_list("recurrent_states", list);
    }
    text += fmt::format(
        "    static constexpr int steps = {};\n    static constexpr void schedule(auto visit)\n    {{\n", order.size());
    for (const std::string& name : order) {
        text += fmt::format("        visit({}{{}});\n", name);
    }
    return text + "    }\n";
}

}  // namespace cameo::generator
