// Input h0, output h1 → state h0 that h1 becomes for the next run (--state h0=h1, or many by a pattern with *).
#include "passes/passes.hpp"
#include "support/failure.hpp"
#include "support/nearest.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

/// Makes input `name` a state whose next value is output `next`.
void bind_state(graph& g, const std::string& name, const std::string& next, const std::string& option)
{
    const auto input = std::find_if(g.inputs.begin(), g.inputs.end(), [&](const value* v) { return v->name == name; });
    const auto output = std::find(g.output_names().begin(), g.output_names().end(), next);
    if (input == g.inputs.end()) {
        std::vector<std::string> known;
        for (const value* v : g.inputs) {
            known.push_back(v->name);
        }
        const bool bound = std::any_of(
            g.states().begin(), g.states().end(), [&](const recurrent_state& f) { return f.current->name == name; });
        if (bound) {
            throw failure("{}: input '{}' is bound already", option, printable(name));
        }
        throw failure("{}: the model has no input '{}'{}. It has {}", option, printable(name),
            did_you_mean(name, known), quoted_list(known, "none that is not bound"));
    }
    if (output == g.output_names().end()) {
        throw failure("{}: the model has no output '{}', or it is bound already{}. There are {}", option,
            printable(next), did_you_mean(next, g.output_names()), quoted_list(g.output_names(), "no others"));
    }
    const auto k = output - g.output_names().begin();
    value *state = *input, *follower = g.outputs()[static_cast<std::size_t>(k)];
    if (state->type != follower->type) {
        throw failure("{}: input '{}' is {}, output '{}' is {}: a state needs one shape and element type", option,
            printable(name), to_string(state->type), printable(next), to_string(follower->type));
    }
    g.make_state(state, follower);
    g.inputs.erase(input);
    g.remove_outputs(static_cast<std::size_t>(k), 1);
}

/// Returns what `*` stands for if `name` matches the pattern.
std::optional<std::string> matched(const std::string& name, const std::string& pattern)
{
    const std::size_t star = pattern.find('*');
    const std::string before = pattern.substr(0, star), after = pattern.substr(star + 1);
    if (name.size() < before.size() + after.size() || !name.starts_with(before) || !name.ends_with(after)) {
        return std::nullopt;
    }
    return name.substr(before.size(), name.size() - before.size() - after.size());
}

/// Binds INPUT=OUTPUT, or OUTPUT=INPUT if only that fits the names of the model.
void bind_either_way(graph& g, const std::string& first, const std::string& second, const std::string& option)
{
    const auto is_input = [&](const std::string& name) {
        return std::any_of(g.inputs.begin(), g.inputs.end(), [&](const value* v) { return v->name == name; });
    };
    if (!is_input(first) && is_input(second)) {
        bind_state(g, second, first, option);
    } else {
        bind_state(g, first, second, option);
    }
}

/// Binds every input that matches `inputs` to the output with the same text in place of the star.
void bind_pattern(graph& g, const std::string& inputs, const std::string& outputs, const std::string& option)
{
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const value* v : g.inputs) {
        const auto part = matched(v->name, inputs);
        std::string output = outputs;
        if (part) {
            output.replace(outputs.find('*'), 1, *part);
        }
        if (part && std::find(g.output_names().begin(), g.output_names().end(), output) != g.output_names().end()) {
            pairs.emplace_back(v->name, output);
        }
    }
    if (pairs.empty()) {
        throw failure("{}: no input and output of the model fit the pattern", option);
    }
    for (const auto& [input, output] : pairs) {
        bind_state(g, input, output, option);
    }
}

}  // namespace

void bind_states(graph& g, const std::vector<std::pair<std::string, std::string>>& pairs)
{
    for (const auto& [input, output] : pairs) {
        const std::string option = fmt::format("--state {}={}", printable(input), printable(output));
        const auto stars = [](const std::string& text) { return std::count(text.begin(), text.end(), '*'); };
        if (stars(input) != stars(output) || stars(input) > 1) {
            throw failure("{}: a pattern has one * on either side", option);
        }
        if (stars(input) == 1) {
            bind_pattern(g, input, output, option);
        } else {
            bind_either_way(g, input, output, option);
        }
    }
}

}  // namespace cameo::generator
