// The subcommands, and the options that they share.
#pragma once
#include "command/command_line.hpp"
#include "command/inputs.hpp"
#include "command/progress.hpp"
#include "evaluate/evaluate.hpp"
#include "import/import.hpp"
#include "passes/passes.hpp"

namespace cameo::generator {

/// Exit codes, as every --help says. CLI11 gives its own (above 100) for a wrong command line.
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
    std::string float16 = "refuse";
    bool no_fuse = false;
    bool no_winograd = false;
    std::filesystem::path tuning;
    std::string math = "accurate";
    std::vector<std::string> skip_passes;
    double budget = 1;

    void add_to(subcommand& command);
    /// For a model that has been loaded: custom operators are compiled for its nodes.
    generator::bindings bindings(const generator::model& loaded) const;
    /// Of --include: the headers of custom operators.
    std::vector<std::filesystem::path> headers() const;
    /// Where the library's headers may be, and where those of custom operators are.
    std::vector<std::filesystem::path> include_directories() const;
    /// Inputs that are bound to files, by their names.
    std::vector<std::pair<std::string, std::filesystem::path>> bound_files() const;
    /// Of --stream AXIS=n: n.
    dim stream_samples() const;
    void bind_states(graph& g) const;
    pass_options passes() const;
};

/// The graph with the state that the options ask for.
graph with_state(import_result imported, const model_options& options);

/// Loads and imports; throws a refusal with every obstacle if there is one.
graph import_model(const model_options& options);
/// The same of a model that has been loaded, with its bindings.
graph import_model(const model& m, const bindings& given, const model_options& options);
/// The same, with passes run and storage planned: ready to be emitted.
graph plan_model(const model_options& options);
graph plan_model(const model_options& options, const pass_options& passes);

/// The axes whose extents neither the file nor the options say.
std::vector<open_axis> open_axes(const model& m, const bindings& given, const model_options& options);
/// The same as plan_model, where axes of inputs may be open: the graph holds for all sizes, with its parameters (see
/// dynamic/sizes.hpp). What `generate` writes and what `check` tells of: that it throws nothing is the meaning of "can
/// be generated".
graph plan_for_all_sizes(const model_options& options);

/// Passes that leave every operator of the file by itself: its plain definition is the reference for generated code.
inline const pass_options plain_passes{.fuse = false};

/// Shows which node is evaluated.
evaluation_observer show_evaluation(const progress& status, const graph& g);

/// What the file's own operators give by their plain definitions: the reference for generated code.
std::vector<tensor> evaluate_file(const model_options& options,
    const std::function<std::vector<named_tensors>(const graph&)>& runs, const progress& status);

/// "name=path" or "name:1,2": the two sides. Throws failure without the separator.
std::pair<std::string, std::string> split(const std::string& text, char separator, std::string_view option);

/// Each adds its subcommand; the callback leaves the exit code in `code`.
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
