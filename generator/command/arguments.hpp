// Prepares the command line for CLI11, and words the messages about a wrong one.
#pragma once
#include <CLI/CLI.hpp>

namespace cameo::generator {

/// Returns the arguments in the reverse order that CLI11 takes. 'cameo model.onnx -o model.hpp' means 'cameo generate
/// model.onnx -o model.hpp', and 'cameo' alone 'cameo --help'. Throws CLI::ParseError if the first is a mistyped
/// command.
std::vector<std::string> with_default_command(std::vector<std::string> arguments, const CLI::App& app);

/// Prints the error, or the help that was requested, with options that the user may have meant; returns the exit
/// status.
int explain(const CLI::ParseError& e, const CLI::App& app);

}  // namespace cameo::generator
