// A network as a compiled program: what `run --compiled`, `verify` and the commands that measure execute.
#pragma once
#include "command/command.hpp"
#include "emit/header.hpp"
#include "toolchain/compiler.hpp"
#include "toolchain/temporary_directory.hpp"

namespace cameo::generator {

struct build_options {
    std::optional<weight_form> weights;
    std::filesystem::path keep;
    std::string flags;  ///< for the compiler, separated by spaces

    void add_to(subcommand& command);
};

/// A directory with the generated header, in which programs are compiled and run.
class compiled_network {
public:
    /// Emits a planned graph.
    compiled_network(const graph& planned, const model_options& model, const build_options& options);
    /// Emits a planned graph for all sizes. Programs use one size, that of `graph`.
    compiled_network(const graph& graph, const model_options& model, const build_options& options,
        const generator::graph& for_all_sizes, const std::vector<dim>& extents);

    const emitted& header() const { return emitted_; }
    const std::filesystem::path& directory() const { return directory_; }

    /// Compiles a source from harness.hpp to the object file NAME.o; returns the seconds that it took.
    double compile(
        const std::string& name, const std::string& source, const std::vector<std::string>& options = {}) const;
    /// Links objects, and the weights if they are in an object, to `program`.
    void link(const std::vector<std::string>& objects) const;
    /// Runs the program on the inputs of several runs in turn; returns what it printed. Throws failure if it fails.
    std::string run(const std::vector<named_tensors>& runs, const std::vector<std::string>& arguments) const;

    /// Reads what the runs wrote for "output" k or "layer" s, each of type `type`, stacked into one tensor.
    tensor result(std::string_view kind, std::size_t k, const tensor_type& type, std::size_t runs) const;

private:
    compiled_network(const graph& graph, const model_options& model, const build_options& options, std::string name);
    /// Writes the header with namespace `name_`, and the files that belong to it.
    void emit_header(const graph& planned, const std::string& header, const build_options& options);

    const graph& graph_;
    std::string name_;  ///< namespace of the header
    temporary_directory temporary_;
    std::filesystem::path directory_;
    emitted emitted_;
    std::filesystem::path assembler_;  ///< of the weights, where they are an object
    compiler compiler_;
};

/// Reads the outputs in the graph's order, each stacked over the runs.
std::vector<tensor> outputs_of(const compiled_network& network, const graph& g, std::size_t runs);

}  // namespace cameo::generator
