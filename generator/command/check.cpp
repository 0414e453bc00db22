#include "command/command.hpp"
#include "plan/plan.hpp"
#include "support/json.hpp"

namespace cameo::generator {

namespace {

struct check_options {
    model_options model;
    bool as_json = false;
};

/// Everything that stands in the way: of the file, of single nodes, of the stages after the import.
std::vector<obstacle> obstacles_of(const model_options& options)
{
    try {
        const model m = load(options.model);
        import_result imported = import(m, options.bindings(m));
        if (!imported.obstacles.empty()) return imported.obstacles;
        graph g = with_state(std::move(imported), options);
        run_passes(g, options.passes());
        plan(g);
        return {};
    }
    catch (const failure& f) {
        return {{"", "", 0, f.what()}};
    }
}

void print_json(const check_options& o, const std::vector<obstacle>& obstacles)
{
    json list = json::array();
    for (const obstacle& each : obstacles) list.push_back({{"node", each.node}, {"operator", each.operator_type}, {"opset", each.opset}, {"reason", each.reason}});
    print({{"model", o.model.model.string()}, {"can_be_generated", obstacles.empty()}, {"obstacles", list}});
}

void print_text(const check_options& o, const std::vector<obstacle>& obstacles)
{
    fmt::print("{}: {}\n", o.model.model.string(), obstacles.empty() ? "can be generated" : "cannot be generated:");
    for (const obstacle& each : obstacles) fmt::print("  {}\n", describe(each));
}

}  // namespace

void add_check(CLI::App& app, int& code)
{
    auto options = std::make_shared<check_options>();
    CLI::App* command = app.add_subcommand("check", "Can a model be generated? Prints every obstacle: node, operator, opset, reason");
    options->model.add_to(*command);
    command->add_flag("--json", options->as_json, "As JSON: model, can_be_generated, obstacles (node, operator, opset, reason)");
    command->footer("Exit status: 0 it can be generated; 1 it cannot; above 100 a wrong command line.");
    command->callback([options, &code] {
        const std::vector<obstacle> obstacles = obstacles_of(options->model);
        (options->as_json ? print_json : print_text)(*options, obstacles);
        code = obstacles.empty() ? success : failed;
    });
}

}  // namespace cameo::generator
