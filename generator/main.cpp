// The program cameo, which generates a C++ type from an ONNX file. Each subcommand has a file in command/.
#include "command/command.hpp"
#include "support/failure.hpp"
#include "support/file_error.hpp"
#include "support/output_files.hpp"
#include "version.hpp"
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <iostream>
#include <new>

namespace {

/// Ensures that opened files never become standard output or standard error, and that a file that grows too large is an
/// ordinary error.
void prepare_files()
{
    for (int number = 0; number <= STDERR_FILENO; ++number) {
        if (::fcntl(number, F_GETFD) == -1) {
            (void)::open("/dev/null", O_RDONLY);  // the smallest number that is free
        }
    }
    std::signal(SIGXFSZ, SIG_IGN);
}

/// Turns every failure into a message and an exit status.
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
    } catch (const std::filesystem::filesystem_error& e) {
        return say(
            fmt::format("{}: {}", cameo::generator::printable(e.path1().string()), cameo::generator::reason(e.code())));
    } catch (const std::system_error& e) {  // of fmt::print
        std::clearerr(stdout);
        return say("standard output: cannot be written: " + cameo::generator::reason(e.code()));
    } catch (const std::bad_alloc&) {
        return say(not_enough_memory);
    } catch (const std::length_error&) {  // a container would be larger than any memory
        return say(not_enough_memory);
    } catch (const std::exception& e) {
        return say(e.what());
    }
}

}  // namespace

int main(int count, char** arguments)
{
    using namespace cameo::generator;
    command_line line("cameo carves a C++ type out of an ONNX file.\nExit status: 0 done; 1 it cannot be done, or a "
                      "check failed; above 100 a wrong command line.",
        "cameo");
    line.version(version);
    int code = success;
    add_generate(line, code);
    add_inspect(line, code);
    add_check(line, code);
    add_run(line, code);
    add_verify(line, code);
    add_bench(line, code);
    add_profile(line, code);
    add_report(line, code);
    add_tune(line, code);
    add_simplify(line, code);
    add_operators(line, code);
    return guarded([&] {
        prepare_files();
        const int status = guarded([&] {
            line.parse({arguments + std::min(count, 1), arguments + count}, code);
            return code;
        });
        finish_standard_output();
        return status;
    });
}
