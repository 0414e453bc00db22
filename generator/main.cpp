// cameo: a C++ type out of an ONNX file. Each subcommand is a file of command/.
#include "command/arguments.hpp"
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
#include <new>

namespace {

/// Files that are opened never become standard output or standard error, and a file that grows too large is an error like others.
void prepare_files()
{
    for (int number = 0; number <= STDERR_FILENO; ++number)
        if (::fcntl(number, F_GETFD) == -1) (void)::open("/dev/null", O_RDONLY);  // the smallest number that is free
    std::signal(SIGXFSZ, SIG_IGN);
}

int run(CLI::App& app, int count, char** arguments, const int& code)
{
    try {
        app.parse(cameo::generator::with_default_command(count, arguments, app));
        return code;
    }
    catch (const CLI::ParseError& e) {
        return cameo::generator::explain(e, app);
    }
}

/// Every failure is a message and a status.
template <class Work>
int guarded(Work work)
{
    constexpr const char* not_enough_memory = "there is not enough memory for this model";
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
    catch (const std::bad_alloc&) {
        return say(not_enough_memory);
    }
    catch (const std::length_error&) {  // a container would be larger than any memory
        return say(not_enough_memory);
    }
    catch (const std::exception& e) {
        return say(e.what());
    }
}

}  // namespace

int main(int count, char** arguments)
{
    using namespace cameo::generator;
    CLI::App app("cameo carves a C++ type out of an ONNX file.\nExit status: 0 done; 1 it cannot be done, or a check failed; above 100 a wrong command line.", "cameo");
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
        int status = guarded([&] { return run(app, count, arguments, code); });
        finish_standard_output();
        return status;
    });
}
