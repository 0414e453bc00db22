// Writes the interface of a split header, and what its source file defines.
#include "emit/split.hpp"
#include "emit/escape.hpp"
#include "emit/identity.hpp"
#include "emit/literal.hpp"
#include "emit/parameters.hpp"
#include "emit/title.hpp"
#include "emit/weights.hpp"
#include "memory_plan/memory_plan.hpp"
#include <algorithm>

namespace cameo::generator {

std::string net_text(const graph& g, const value_names& names, std::string_view space, std::string_view base)
{
    const std::string given = template_of(g), checked = check_of_extents(g);
    if (g.inputs.size() == 1 && g.outputs().size() == 1) {
        return fmt::format("\n{}struct net : {} {{{}}};\n", given, base, checked.empty() ? "" : "\n" + checked);
    }
    // Where they depend on template parameters, names take more words.
    const bool sized = !given.empty();
    const std::string_view self = sized ? "this->" : "", member_template = sized ? "this->template " : "";
    const auto named = [&](const value* v) {
        return sized ? fmt::format("typename {}::{}", model_of(g), names.at(v))
                     : fmt::format("::{}::{}", space, names.at(v));
    };
    const auto member = [&](std::string_view kind, const value* v) {
        return fmt::format("    cameo::{}<{}> {};\n", kind, named(v), names.at(v));
    };
    std::string arguments, results, fills, takes;
    for (const value* v : g.inputs) {
        arguments += member("argument_of", v);
        fills += fmt::format("        {}fill<{}>(from.{});\n", member_template, named(v), names.at(v));
    }
    for (const value* v : g.outputs()) {
        results += member("view_of", v);
        takes += fmt::format("{}{}output<{}>()", takes.empty() ? "" : ", ", member_template, named(v));
    }
    const std::string sizes = sized ? "<" + arguments_of(g) + ">" : "";
    return fmt::format(
        "\n{0}struct arguments {{\n{1}}};\n\n{0}struct results {{\n{2}}};\n"
        "\n{0}struct net : {3} {{\n{4}    [[gnu::always_inline]] results{5} operator()([[maybe_unused]] const "
        "arguments{5}& from) noexcept\n    {{\n{6}        {7}run();\n        return {{{8}}};\n    }}\n}};\n",
        given, arguments, results, base, checked, sizes, fills, self, takes);
}

namespace {

/// Inputs and outputs with their places in the object.
std::string placed_values(const graph& g, const value_names& names)
{
    const memory plan = plan_memory(g);
    std::string text;
    const auto add = [&](const value* v, const std::string& label) {
        const auto step = std::find(plan.schedule.begin(), plan.schedule.end(), v) - plan.schedule.begin();
        text += fmt::format("struct {} : cameo::placed<{}, {}> {{\n    static constexpr auto label = {};\n}};\n",
            names.at(v), cpp_tensor_type(v->type), plan.offset[static_cast<std::size_t>(step)], string_literal(label));
    };
    for (const value* v : g.inputs) {
        add(v, v->name);
    }
    for (std::size_t k = 0; k < g.outputs().size(); ++k) {
        add(g.outputs()[k], g.output_names()[k]);
    }
    return text;
}

}  // namespace

std::string split_interface(const graph& g, const emit_options& options, const value_names& names, const emitted& e)
{
    const bool has_file = options.weights == weight_form::file && !e.weights.empty();
    std::string text = title_text(g, options, names, e) +
                       "// This is the interface: the kernels are in a source file of the same name.\n"
                       "#pragma once\n" +
                       includes_of_interface + "#include <cameo/network/split.hpp>\n";
    text += has_file ? "#include <cameo/network/weights_file.hpp>\n" : "";
    text += fmt::format("\n{}\nnamespace {} {{\n", check_of_abi(), options.name);
    text += has_file ? '\n' + blob_of_file(options, e.weights) : "";
    text += fmt::format("\n// Inputs and outputs: type, place in the object.\n{}", placed_values(g, names));
    text += fmt::format("\n// What the network is.\nstruct model {{\n{}", identity_of(g, options));
    text += fmt::format("    using inputs = cameo::list<{}>;\n    using outputs = cameo::list<{}>;\n",
        listed(g.inputs, names), listed(g.outputs(), names));
    text += fmt::format("    static constexpr std::size_t weight_bytes = {}, object_bytes = {};\n"
                        "    static void run(std::byte* object) noexcept;\n"
                        "    static void reset(std::byte* object) noexcept;\n}};\n",
        e.weight_bytes, object_bytes(g));
    text += net_text(g, names, options.name, "cameo::split_network<model>");
    return text + fmt::format("\n}}  // namespace {}\n", options.name);
}

std::string split_functions(std::string_view network)
{
    return fmt::format(
        "\nstatic_assert(cameo::is_split_of<{0}::model, {0}::kernels::net>, \"this file and its header are not of one "
        "generation: generate them again\");\n\n"
        "void {0}::model::run(std::byte* object) noexcept {{ cameo::network_in<kernels::net>(object).run(); }}\n"
        "void {0}::model::reset(std::byte* object) noexcept {{ cameo::network_in<kernels::net>(object).reset(); }}\n",
        network);
}

}  // namespace cameo::generator
