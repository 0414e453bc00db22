// The pipeline: from a model to the graph that is emitted. Every command that reads a model goes through it.
#pragma once
#include "import/import.hpp"
#include "passes/passes.hpp"

namespace cameo::generator {

/// What the pipeline is told, as types: the command line has been read.
struct compile_options {
    generator::bindings bindings;
    std::vector<std::pair<std::string, std::string>> states = {};  ///< inputs, and the outputs that they follow
    std::optional<dim> samples = {};                               ///< of the sequence in each run: streaming
    pass_options passes = {};
    bool open_sizes = false;  ///< axes that the file leaves open become parameters; refused otherwise
    std::function<void(std::string_view)> tell = [](std::string_view) {};  ///< is told what the work is on
};

/// What the graph has behind it.
enum class stage { passes, layout };

/// The graph after a stage. Throws failure; of all nodes that cannot be imported, one refusal.
graph compile(const model& m, const compile_options& options, stage last = stage::layout);

}  // namespace cameo::generator
