// Declares the subcommands, the options that they share, and the way from these options to a planned graph.
#pragma once
#include "command/command_line.hpp"
#include "command/inputs.hpp"
#include "command/progress.hpp"
#include "compile/compile.hpp"
#include "evaluate/evaluate.hpp"

namespace cameo::generator {

/// Exit codes, which every --help lists. For a wrong command line, CLI11 exits with its own (above 100).
enum exit_code : int { success = 0, failed = 1 };

/// Options of every command that reads a model.
struct model_options {
    std::filesystem::path model;
    std::vector<std::string> input_shapes;
    std::vector<std::string> dims;
    std::vector<std::string> constants;
    std::filesystem::path weights_from;
    std::vector<std::string> states;
    std::string stream;
    std::vector<std::string> bounds;
    std::vector<std::string> overridable;
    std::vector<std::string> custom;
    std::vector<std::string> include;
    generator::training training = training::refuse;
    generator::float16_use float16 = float16_use::native;
    bool no_fuse = false;
    bool no_winograd = false;
    std::filesystem::path tuning;
    bool fast_math = false;
    std::vector<std::string> skip_passes;
    double budget = 1;

    void add_to(subcommand& command);
    /// What the user says of inputs and nodes. Custom operators are compiled for those of the model.
    generator::bindings bindings(const generator::model& loaded) const;
    /// Returns the headers of custom operators (--include).
    std::vector<std::filesystem::path> headers() const;
    /// Returns the directories that may have the library's headers, and those of custom operators.
    std::vector<std::filesystem::path> include_directories() const;
    /// Returns the inputs that are bound to files, by name.
    std::vector<std::pair<std::string, std::filesystem::path>> bound_files() const;
    /// What the compiler is told of a model that has been loaded.
    compile_options for_compiler(const generator::model& loaded) const;
    /// The same where axes may stay open: the network is one for all sizes.
    compile_options for_all_sizes(const generator::model& loaded) const;

private:
    pass_options passes() const;
    std::optional<dim> samples() const;
};

/// Reads the model and compiles it.
graph compile(const model_options& options, stage last = stage::layout);

/// Options of passes that keep every operator of the file separate: plain definitions of these are the reference for
/// generated code.
inline const pass_options plain_passes{.fuse = false};

/// Returns an observer that shows which node is being evaluated.
evaluation_observer show_evaluation(const progress& status, const graph& g);

/// Evaluates the file's own operators by their plain definitions: the reference for generated code.
std::vector<tensor> evaluate_file(const model_options& options,
    const std::function<std::vector<named_tensors>(const graph&)>& runs, const progress& status);

/// Splits "name=path" or "name:1,2" at its separator. Throws failure if there is none.
std::pair<std::string, std::string> split(const std::string& text, char separator, std::string_view option);

/// Each function adds its subcommand, whose callback leaves the exit code in `code`.
void add_generate(command_line& line, int& code);
void add_inspect(command_line& line, int& code);
void add_check(command_line& line, int& code);
void add_run(command_line& line, int& code);
void add_verify(command_line& line, int& code);
void add_bench(command_line& line, int& code);
void add_profile(command_line& line, int& code);
void add_report(command_line& line, int& code);
void add_tune(command_line& line, int& code);
void add_simplify(command_line& line, int& code);
void add_operators(command_line& line, int& code);

}  // namespace cameo::generator
