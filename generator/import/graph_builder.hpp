// Builds a graph value by value, and evaluates constants on demand, since shapes depend on them.
#pragma once
#include "graph/graph.hpp"
#include "import/bounds.hpp"
#include "import/training.hpp"
#include "model/onnx.pb.h"
#include <filesystem>

namespace cameo::generator {

class graph_builder {
public:
    graph_builder(graph& g, std::filesystem::path directory, generator::training choice, generator::bounds& given)
        : training(choice), bounds(given), graph_(g), directory_(std::move(directory))
    {
    }

    /// Adds a node whose types have been checked; its results, null where not wanted. Throws unsupported with the
    /// operator's own words.
    std::vector<value*> add(
        std::unique_ptr<operation> op, std::vector<value*> operands, const std::vector<bool>& want, const origin& from);
    /// A tensor of the file. Throws over_budget where the file has it more often than it has bytes for.
    tensor decode(const onnx::TensorProto& proto);
    value* add_constant(const std::string& name, tensor data) { return graph_.add_constant(name, std::move(data)); }
    value* add_input(const std::string& name, const tensor_type& type) { return graph_.add_input(name, type); }
    /// The value, if it follows from constants alone; evaluates its producers once. Null otherwise.
    const tensor* constant(value* v);
    const std::filesystem::path& directory() const { return directory_; }

    const generator::training training;
    generator::bounds& bounds;
    origin current;  ///< of the node being imported

    budget& left() { return *graph_.left; }

private:
    /// Notes that the first value of a path cannot be computed within the budget, since the last cannot.
    static const tensor* give_up(const std::vector<value*>& path);

    graph& graph_;
    std::filesystem::path directory_;
};

/// Evaluates a node whose operands are all constant, and makes its results constants. False where an operand is not, or
/// where that takes more than half of what is left.
bool fold(node& n, budget& left);

}  // namespace cameo::generator
