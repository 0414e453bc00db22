// Recognizes a model as the first argument, and suggests a name for a mistyped one, before CLI11 refuses them.
#include "command/arguments.hpp"
#include "support/failure.hpp"
#include "support/nearest.hpp"
#include <algorithm>
#include <filesystem>
#include <iostream>

namespace cameo::generator {

namespace {

std::vector<const CLI::App*> commands_of(const CLI::App& app)
{
    return app.get_subcommands([](const CLI::App*) { return true; });
}

/// Takes a first argument that is neither a command nor an option for a model. Throws if it is close to the name of a
/// command and there is no such file.
void require_no_mistyped_command(const std::string& first, const CLI::App& app)
{
    if (first.starts_with('-') || first.find_first_of("./\\") != std::string::npos || std::filesystem::exists(first)) {
        return;
    }
    std::vector<std::string> names;
    for (const CLI::App* command : commands_of(app)) {
        names.push_back(command->get_name());
    }
    if (const std::string hint = did_you_mean(first, names); !hint.empty()) {
        throw CLI::ParseError(fmt::format("there is neither a command nor a file '{}'{}", printable(first), hint),
            CLI::ExitCodes::ExtrasError);
    }
}

/// Lists the commands on the command line, the app itself first, whose options the user may have meant.
std::vector<std::string> options_of(const CLI::App& app)
{
    std::vector<std::string> names;
    const auto add = [&](const CLI::App& each) {
        for (const CLI::Option* o : each.get_options()) {
            for (const std::string& name : o->get_lnames()) {
                names.push_back("--" + name);
            }
        }
    };
    add(app);
    for (const CLI::App* command : app.get_subcommands()) {
        add(*command);
    }
    return names;
}

}  // namespace

std::vector<std::string> with_default_command(std::vector<std::string> arguments, const CLI::App& app)
{
    if (arguments.empty()) {
        return {"--help"};
    }
    const auto known = [&](const CLI::Option* option) { return option->check_name(arguments[0]); };
    const auto named = [&](const CLI::App* command) { return command->check_name(arguments[0]); };
    const auto options = app.get_options();
    const auto commands = commands_of(app);
    if (std::none_of(options.begin(), options.end(), known) && std::none_of(commands.begin(), commands.end(), named)) {
        require_no_mistyped_command(arguments[0], app);
        arguments.insert(arguments.begin(), "generate");
    }
    return {arguments.rbegin(), arguments.rend()};
}

int explain(const CLI::ParseError& e, const CLI::App& app)
{
    const int status = app.exit(e);
    if (e.get_exit_code() != static_cast<int>(CLI::ExitCodes::ExtrasError)) {
        return status;
    }
    for (const CLI::App* command : app.get_subcommands()) {
        for (const std::string& extra : command->remaining()) {
            const std::string name = extra.substr(0, extra.find('='));
            if (const std::string hint = name.starts_with("--") ? did_you_mean(name, options_of(app)) : "";
                !hint.empty()) {
                std::cerr << fmt::format("There is no option '{}'{}\n", printable(name), hint);
            }
        }
    }
    return status;
}

}  // namespace cameo::generator
