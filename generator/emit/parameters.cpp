// Writes the template parameters of networks for many sizes.
#include "emit/parameters.hpp"
#include <fmt/format.h>

namespace cameo::generator {

namespace {

/// A text for each parameter, with commas between them.
std::string listed(const graph& g, auto text_of)
{
    std::string text;
    for (const parameter& p : g.parameters) {
        text += (text.empty() ? "" : ", ") + text_of(p);
    }
    return text;
}

}  // namespace

std::string template_of(const graph& g)
{
    const std::string list =
        listed(g, [](const parameter& p) { return fmt::format("cameo::dim {} = {}", p.name, p.otherwise()); });
    return list.empty() ? "" : "template <" + list + ">\n";
}

std::string arguments_of(const graph& g)
{
    return listed(g, [](const parameter& p) { return p.name; });
}

std::string model_of(const graph& g)
{
    return g.parameters.empty() ? "model" : fmt::format("model<{}>", arguments_of(g));
}

std::string check_of_extents(const graph& g)
{
    std::string condition;
    for (const parameter& p : g.parameters) {
        condition += (condition.empty() ? "" : " && ") + p.name + " > 0";
    }
    return condition.empty()
               ? ""
               : fmt::format("    static_assert({}, \"the extents of a network are positive\");\n", condition);
}

}  // namespace cameo::generator
