// cameo check: tells whether a model can be generated, with which template parameters, or every reason why not.
#include "command/command.hpp"
#include "support/json.hpp"

namespace cameo::generator {

namespace {

struct check_options {
    model_options model;
    bool as_json = false;
};

/// The template parameters of the header that `generate` would write, or every diagnostic that it would report.
struct answer {
    std::vector<parameter> parameters;
    std::vector<diagnostic> diagnostics;
};

answer answer_of(const model_options& options)
{
    try {
        const model m = load(options.model);
        return {compile(m, options.for_all_sizes(m)).parameters, {}};
    } catch (const failure& f) {
        return {{}, diagnostics_of(f)};
    }
}

void print_json(const check_options& o, const answer& found)
{
    json parameters = json::array(), diagnostics = json::array();
    for (const parameter& p : found.parameters) {
        parameters.push_back({{"name", p.name}, {"axis", p.axis}, {"default", p.otherwise()}});
    }
    for (const diagnostic& each : found.diagnostics) {
        diagnostics.push_back(
            {{"node", each.node}, {"operator", each.operator_type}, {"opset", each.opset}, {"reason", each.reason}});
    }
    print({{"model", o.model.model.string()}, {"can_be_generated", found.diagnostics.empty()},
        {"parameters", parameters}, {"diagnostics", diagnostics}});
}

void print_text(const check_options& o, const answer& found)
{
    fmt::print(
        "{}: {}\n", o.model.model.string(), found.diagnostics.empty() ? "can be generated" : "cannot be generated:");
    if (!found.parameters.empty()) {
        fmt::print("  with template parameters for the axes that the file leaves open; --dim AXIS=EXTENT fixes one:\n");
    }
    for (const parameter& p : found.parameters) {
        fmt::print("    {} = {}{}\n", p.name, p.otherwise(),
            p.name == p.axis ? "" : fmt::format(" (axis '{}')", printable(p.axis)));
    }
    for (const diagnostic& each : found.diagnostics) {
        fmt::print("  {}\n", describe(each));
    }
}

}  // namespace

void add_check(command_line& line, int& code)
{
    auto options = std::make_shared<check_options>();
    subcommand command =
        line.add("check", "Can a model be generated? Prints every reason why not: node, operator, opset, reason");
    options->model.add_to(command);
    command.add_flag("--json", options->as_json,
        "As JSON: model, can_be_generated, parameters (name, axis, default), diagnostics (node, operator, opset, "
        "reason)");
    command.footer("Parameters are those of the header's templates: axes that are open.\nExit status: 0 it can be "
                   "generated; 1 it cannot; above 100 a wrong command line.");
    command.action([options, &code] {
        const answer found = answer_of(options->model);
        if (options->as_json) {
            print_json(*options, found);
        } else {
            print_text(*options, found);
        }
        code = found.diagnostics.empty() ? success : failed;
    });
}

}  // namespace cameo::generator
