// cameo: a C++ type out of an ONNX file. Each subcommand is a file of command/.
#include "command/command.hpp"
#include "version.hpp"
#include <iostream>

namespace {

/// 'cameo model.onnx -o model.hpp' means 'cameo generate model.onnx -o model.hpp'.
std::vector<std::string> with_default_command(int count, char** arguments, const CLI::App& app)
{
    std::vector<std::string> all(arguments + 1, arguments + count);
    const auto known = [&](const CLI::Option* option) { return option->check_name(all[0]); };
    const auto named = [&](const CLI::App* command) { return command->check_name(all[0]); };
    const auto options = app.get_options();
    const auto commands = app.get_subcommands([](const CLI::App*) { return true; });
    if (!all.empty() && std::none_of(options.begin(), options.end(), known) && std::none_of(commands.begin(), commands.end(), named)) all.insert(all.begin(), "generate");
    return {all.rbegin(), all.rend()};  // CLI11 takes them in reverse
}

}  // namespace

int main(int count, char** arguments)
{
    using namespace cameo::generator;
    CLI::App app("cameo carves a C++ type out of an ONNX file.\nExit status: 0 done; 1 it cannot be done, or a check failed; above 100 a wrong command line.");
    app.set_version_flag("--version", version);
    app.require_subcommand(1);
    int code = success;
    add_generate(app, code);
    add_inspect(app, code);
    add_check(app, code);
    add_run(app, code);
    add_verify(app, code);
    add_bench(app, code);
    add_profile(app, code);
    add_report(app, code);
    add_tune(app, code);
    add_simplify(app, code);
    try {
        app.parse(with_default_command(count, arguments, app));
        return code;
    }
    catch (const CLI::ParseError& e) {
        return app.exit(e);
    }
    catch (const std::exception& e) {
        std::cerr << "cameo: " << e.what() << '\n';
        return failed;
    }
}
