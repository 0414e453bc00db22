// `cameo operators`: what the list of operators and their specs say of themselves, as a table.
#include "command/command.hpp"
#include "command/table.hpp"
#include "op/list.hpp"
#include "support/json.hpp"

namespace cameo::generator {

namespace {

/// The kinds of element types that the table calls by one word.
std::vector<std::pair<std::string_view, element_set>> kinds()
{
    element_set floats;
    std::ranges::copy_if(elements_in(any_elements{}), std::back_inserter(floats),
        [](element e) { return is_floating(e) && bits_in_file(e) >= 16; });
    return {{"floats", std::move(floats)}, {"integers", elements_in(integer_elements{})},
        {"small", elements_in(small_elements{})}};
}

/// Names the element types of a set, or the few that it lacks; a kind of which it has all by one word.
std::string types_text(const element_set& set)
{
    const auto in = [](const element_set& some) {
        return [&](element e) { return std::ranges::find(some, e) != some.end(); };
    };
    element_set named = elements_in(any_elements{}), missing = named;
    std::erase_if(named, std::not_fn(in(set)));
    std::erase_if(missing, in(set));
    std::vector<std::string_view> names;
    for (const auto& [name, kind] : kinds()) {
        if (std::ranges::all_of(kind, in(set))) {
            names.emplace_back(name);
            std::erase_if(named, in(kind));
        }
    }
    if (missing.size() <= 2) {
        named = missing, names.clear();
    }
    std::ranges::transform(named, std::back_inserter(names), [](element e) { return to_string(e); });
    return missing.empty()       ? "all"
           : missing.size() <= 2 ? fmt::format("all but {}", fmt::join(names, ", "))
                                 : fmt::format("{}", fmt::join(names, ", "));
}

/// Of the first operand, then of those that differ from the one before them. What has no layer moves any of them.
std::string element_types(const std::vector<layer_facts>& layers)
{
    if (layers.empty()) {
        return types_text(elements_in(any_elements{}));
    }
    std::string text;
    const element_set* last = nullptr;
    for (const element_set& set : layers[0].operands) {
        text += !last ? types_text(set) : set == *last ? "" : "; " + types_text(set);
        last = &set;
    }
    return text;
}

std::string layers_text(const std::vector<layer_facts>& layers)
{
    std::vector<std::string> all;
    for (const layer_facts& l : layers) {
        if (!l.name.empty()) {
            all.push_back(l.name + (l.fast_kernel ? " (fast)" : " (plain)"));
        }
    }
    return all.empty() ? "-" : fmt::format("{}", fmt::join(all, ", "));
}

using row = std::vector<std::string>;

const row titles{"operator", "domain", "opsets", "element types", "layers", "limits"};

std::vector<row> rows()
{
    std::vector<row> all;
    for (const auto& [qualified, entry] : operators().entries()) {
        const std::vector<layer_facts> layers = entry.layers();
        all.push_back({entry.name, domain_text(entry.domain),
            fmt::format("{}-{}", entry.versions.front(), newest_opset(entry.domain)), element_types(layers),
            layers_text(layers), entry.limits});
    }
    return all;
}

void print_table()
{
    std::vector<table::column> columns;
    for (const std::string& title : titles) {
        columns.push_back({title});
    }
    table text(std::move(columns));
    for (row& r : rows()) {
        std::erase(r.back(), '`');
        text.add(std::move(r));
    }
    fmt::print("{}", text.text());
}

void print_markdown()
{
    fmt::print("| {} |\n|{}\n", fmt::join(titles, " | "), fmt::join(row(titles.size(), " --- |"), ""));
    for (const row& r : rows()) {
        fmt::print("| {} |\n", fmt::join(r, " | "));
    }
}

json types_of(const std::vector<layer_facts>& layers)
{
    json all = json::array();
    for (const element_set& set : layers.empty() ? std::vector<element_set>{} : layers[0].operands) {
        json& of_operand = all.emplace_back(json::array());
        for (const element e : set) {
            of_operand.push_back(to_string(e));
        }
    }
    return all;
}

void print_json()
{
    json all = json::array();
    for (const auto& [qualified, entry] : operators().entries()) {
        const std::vector<layer_facts> facts = entry.layers();
        json layers = json::array();
        for (const layer_facts& l : facts) {
            if (!l.name.empty()) {
                layers.push_back({{"name", l.name}, {"fast_kernel", l.fast_kernel}});
            }
        }
        all.push_back({{"name", entry.name}, {"domain", domain_text(entry.domain)}, {"definitions", entry.versions},
            {"newest", newest_opset(entry.domain)}, {"element_types", types_of(facts)}, {"layers", std::move(layers)},
            {"limits", entry.limits}});
    }
    print(all);
}

}  // namespace

void add_operators(command_line& line, int& code)
{
    struct options {
        bool markdown = false, json = false;
    };
    auto chosen = std::make_shared<options>();
    subcommand command = line.add("operators", "List the operators that a model may have: opsets, element types, the "
                                               "layers that they become, limits");
    const command_option markdown =
        command.add_flag("--markdown", chosen->markdown, "As a table in Markdown: that of docs/operators.md");
    command
        .add_flag("--json", chosen->json,
            "As JSON: name, domain, definitions (the opsets that changed it), newest (the newest opset that is "
            "supported), element_types (of each operand of the first layer), layers (name, fast_kernel), limits")
        .excludes(markdown);
    command.footer("Element types: those of the first operand, then of further ones where they differ.\n"
                   "Layers: what its nodes become, beside constants, views and what only moves or converts data; "
                   "(fast) is computed "
                   "by a kernel for vectors in the common cases, (plain) always by the loops of its definition.\n"
                   "Exit status: 0; above 100 a wrong command line.");
    command.action([chosen, &code] {
        chosen->json ? print_json() : chosen->markdown ? print_markdown() : print_table();
        code = success;
    });
}

}  // namespace cameo::generator
