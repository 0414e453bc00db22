// Builds a graph value by value, and evaluates constants on demand, since shapes depend on them.
#pragma once
#include "graph/graph.hpp"
#include "import/bounds.hpp"
#include "import/extents.hpp"
#include "import/training.hpp"
#include "model/onnx.pb.h"
#include <filesystem>

namespace cameo::generator {

class graph_builder {
public:
    graph_builder(graph& g, std::filesystem::path directory, generator::training choice, generator::extents what,
        generator::bounds& given)
        : training(choice), extents(what), bounds(given), graph_(g), directory_(std::move(directory))
    {
    }

    /// Adds a node after checking its types, and returns its results, null if not wanted. Throws unsupported with the
    /// operator's own words.
    std::vector<value*> add(
        std::unique_ptr<operation> op, std::vector<value*> operands, const std::vector<bool>& want, const origin& from);
    /// Decodes a tensor of the file. Throws over_budget if tensors are decoded more often than the file's size allows.
    tensor decode(const onnx::TensorProto& proto);
    value* add_constant(const std::string& name, tensor data) { return graph_.add_constant(name, std::move(data)); }
    value* add_input(const std::string& name, const tensor_type& type) { return graph_.add_input(name, type); }
    /// Returns the data of a value that follows from constants alone, after evaluating its producers once; null
    /// otherwise.
    const tensor* constant(value* v);
    const std::filesystem::path& directory() const { return directory_; }

    const generator::training training;
    const generator::extents extents;
    generator::bounds& bounds;
    origin current;  ///< of the node being imported

    budget& left() { return *graph_.left; }

private:
    /// Records that the first value of a path cannot be computed within the budget, because the last cannot.
    static const tensor* give_up(const std::vector<value*>& path);

    graph& graph_;
    std::filesystem::path directory_;
};

/// Evaluates a node whose operands are all constant, and makes its results constants. Returns false if an operand is
/// not constant, or if that takes more than half of what is left.
bool fold(node& n, budget& left);

}  // namespace cameo::generator
