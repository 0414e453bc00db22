// Assembles the HTML page of `cameo report` from its parts, with style, script and data inside.
#include "report/page.hpp"
#include <array>

namespace cameo::generator {

std::string html_json(const json& j)
{
    std::string text;
    for (const char c : j.dump(-1, ' ', true, json::error_handler_t::replace)) {
        if (c == '<' || c == '>' || c == '&') {
            text += fmt::format("\\u{:04x}", static_cast<int>(c));  // these stand in strings only
        } else {
            text += c;
        }
    }
    return text;
}

namespace {

std::string parts_ending_in(std::string_view ending)
{
    std::string text;
    for (const page_part& part : page_parts()) {
        if (part.name.ends_with(ending)) {
            text += part.text;
        }
    }
    return text;
}

}  // namespace

std::string page(const json& data)
{
    std::string rest = parts_ending_in(".html"), text;
    const std::array<std::pair<std::string_view, std::string>, 3> marks{{{"{{style}}", parts_ending_in(".css")},
        {"{{data}}", html_json(data)}, {"{{script}}", parts_ending_in(".js")}}};
    for (const auto& [mark, content] : marks) {  // in the order of the page: what was put in is not searched
        const std::size_t at = rest.find(mark);
        text += rest.substr(0, at) + content;
        rest.erase(0, at + mark.size());
    }
    return text + rest;
}

}  // namespace cameo::generator
