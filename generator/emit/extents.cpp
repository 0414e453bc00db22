// Writes extents, and counts elements, where some axes are parameters of the header.
#include "emit/extents.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

/// The parameters that are extents, by axis.
std::map<int, std::string> open_axes(const graph& g, const value* v)
{
    std::map<int, std::string> names;
    if (const auto found = g.open_axes.find(v); found != g.open_axes.end()) {
        for (const auto& [axis, parameter] : found->second) {
            names[axis] = parameter.text;
        }
    }
    return names;
}

}  // namespace

std::string extents_of(const graph& g, const value* v)
{
    const std::map<int, std::string> open = open_axes(g, v);
    std::string text;
    for (int axis = 0; axis < v->type.shape.rank; ++axis) {
        const auto name = open.find(axis);
        text += fmt::format(
            "{}{}", text.empty() ? "" : " x ", name == open.end() ? std::to_string(v->type.shape[axis]) : name->second);
    }
    return text.empty() ? "one number" : text;
}

dim default_count(const graph& g, const value* v)
{
    shape extents = v->type.shape;
    for (const auto& [axis, name] : open_axes(g, v)) {
        extents[axis] = std::ranges::find(g.parameters, name, &parameter::name)->otherwise();
    }
    return extents.count();
}

}  // namespace cameo::generator
