// Builds a graph value by value, and evaluates constants on demand, since shapes depend on them.
#pragma once
#include "graph/graph.hpp"
#include "import/bounds.hpp"
#include "import/import.hpp"
#include <filesystem>

namespace cameo::generator {

class graph_builder {
public:
    graph_builder(graph& g, std::filesystem::path directory, const bindings& b, generator::bounds& given)
        : training(b.training), extents(b.extents), float16(b.float16), bounds(given), graph_(g),
          directory_(std::move(directory))
    {
    }

    /// Of a graph within another.
    graph_builder(graph& g, const graph_builder& outer)
        : training(outer.training), extents(outer.extents), float16(outer.float16), bounds(outer.bounds), graph_(g),
          directory_(outer.directory_)
    {
    }

    /// Adds a node after checking its types, and returns its results, null if not wanted. Throws unsupported with the
    /// operator's own words. An operator that does not take floats of 16 bits computes in float32, and its results are
    /// rounded.
    std::vector<value*> add(
        std::unique_ptr<operation> op, std::vector<value*> operands, const std::vector<bool>& want, const origin& from);
    /// Decodes a tensor of the file. Throws over_budget if tensors are decoded more often than the file's size allows.
    tensor decode(const onnx::TensorProto& proto);
    element element_for(int code) const { return cameo::generator::element_for(code, float16); }
    value* add_constant(const std::string& name, tensor data) { return graph_.add_constant(name, std::move(data)); }
    /// Adds what stands for a list of values: importers read its parts, and no layer reads it. `stack`, if it is known,
    /// is the tensor whose first axis counts the parts.
    value* add_sequence(std::vector<value*> parts, value* stack = nullptr);
    /// Returns the parts of a value that stands for a sequence; null for a tensor.
    const std::vector<value*>* parts_of(const value* v) const;
    /// Returns the stack of a sequence, null if it is not known.
    value* stack_of(const value* v) const;
    /// Returns the state that counts runs: see source_node.
    value* count_of_runs();
    dim next_random_stream() { return random_streams_++; }
    /// Keeps the texts that stand for classes. Throws unsupported if there are others already.
    void name_classes(std::vector<std::string> labels);
    value* add_input(const std::string& name, const tensor_type& type) { return graph_.add_input(name, type); }
    /// Returns the data of a value that follows from constants alone, after evaluating its producers once; null
    /// otherwise.
    const tensor* constant(value* v);
    bool is_nested() const { return graph_.is_nested; }
    const std::filesystem::path& directory() const { return directory_; }

    const generator::training training;
    const generator::extents extents;
    const float16_use float16;
    generator::bounds& bounds;
    origin current;  ///< of the node being imported

    budget& left() { return *graph_.left; }

private:
    std::vector<value*> add_in_float32(
        std::unique_ptr<operation> op, std::vector<value*> operands, const std::vector<bool>& want, const origin& from);
    value* cast(value* v, element to, const origin& from);
    /// Records that the first value of a path cannot be computed within the budget, because the last cannot.
    static const tensor* give_up(const std::vector<value*>& path);

    graph& graph_;
    struct sequence {
        std::vector<value*> parts;
        value* stack;
    };
    std::map<const value*, sequence> sequences_;
    value* count_of_runs_ = nullptr;
    dim random_streams_ = 0;
    std::filesystem::path directory_;
};

/// Evaluates a node whose operands are all constant, and makes its results constants. Returns false if an operand is
/// not constant, or if that takes more than half of what is left.
bool fold(node& n, budget& left);

}  // namespace cameo::generator
