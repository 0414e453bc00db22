// cameo: a C++ type out of an ONNX file. Each subcommand is a file of command/.
#include "command/command.hpp"
#include "support/failure.hpp"
#include "support/file_error.hpp"
#include "support/output_files.hpp"
#include "version.hpp"
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
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

/// Files that are opened never become standard output or standard error, and a file that grows too large is an error like others.
void prepare_files()
{
    for (int number = 0; number <= STDERR_FILENO; ++number)
        if (::fcntl(number, F_GETFD) == -1) (void)::open("/dev/null", O_RDONLY);  // the smallest number that is free
    std::signal(SIGXFSZ, SIG_IGN);
}

int run(CLI::App& app, std::vector<std::string> arguments, const int& code)
{
    try {
        app.parse(std::move(arguments));
        return code;
    }
    catch (const CLI::ParseError& e) {
        return app.exit(e);
    }
}

/// Every failure is a message and a status.
template <class Work>
int guarded(Work work)
{
    const auto say = [](const std::string& what) {
        std::cerr << "cameo: " << what << '\n';
        return cameo::generator::failed;
    };
    try {
        return work();
    }
    catch (const std::filesystem::filesystem_error& e) {
        return say(fmt::format("{}: {}", cameo::generator::printable(e.path1().string()), cameo::generator::reason(e.code())));
    }
    catch (const std::system_error& e) {  // of fmt::print
        std::clearerr(stdout);
        return say("standard output: cannot be written: " + cameo::generator::reason(e.code()));
    }
    catch (const std::exception& e) {
        return say(e.what());
    }
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
    return guarded([&] {
        prepare_files();
        int status = guarded([&] { return run(app, with_default_command(count, arguments, app), code); });
        finish_standard_output();
        return status;
    });
}
