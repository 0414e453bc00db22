// An operator's view of the node that it imports: attributes, operands, and ways to say what the node becomes.
#pragma once
#include "import/bodies.hpp"
#include "model/onnx.pb.h"
#include "support/failure.hpp"
#include <cameo/function/elementwise_expression.hpp>

namespace cameo::generator {

/// Thrown if a node cannot be imported. The importer of the graph reports it as a diagnostic and continues.
class unsupported : public failure {
    using failure::failure;
};

class graph_builder;

class source_node {
public:
    source_node(graph_builder& builder, body_importer& bodies, const onnx::NodeProto& proto, int opset,
        std::vector<value*> operands);

    int opset() const { return opset_; }
    const std::string& operator_type() const { return proto_.op_type(); }
    /// Tells whether a node in training mode is imported literally. Throws unsupported if the user has not chosen.
    bool in_training_mode() const;
    /// Tells whether some axes are open: what depends on extents is left to the network where it can be.
    bool for_any_size() const;
    /// Tells whether an operand, a trip count, follows from shapes of which some axes are open.
    bool is_open_count(std::size_t i) const;

    // Attributes. A wrong kind throws unsupported.
    bool has(std::string_view name) const { return find(name) != nullptr; }
    dim integer(std::string_view name, dim otherwise) const;
    double number(std::string_view name, double otherwise) const;
    std::string text(std::string_view name, std::string_view otherwise) const;
    std::vector<dim> integers(std::string_view name, std::vector<dim> otherwise = {}) const;
    std::vector<double> numbers(std::string_view name) const;
    std::vector<std::string> texts(std::string_view name) const;
    const onnx::TensorProto* tensor_proto(std::string_view name) const;
    const onnx::GraphProto& graph_proto(std::string_view name) const;
    /// Accepts attributes that do not change the result.
    void ignore(std::initializer_list<std::string_view> names) const;
    /// Throws unsupported if the node has an attribute or operand that the importer did not read: it could mean
    /// anything.
    void refuse_what_is_not_known() const;

    // Operands.
    std::size_t operand_count() const { return operands_.size(); }
    /// Returns all operands, which must be tensors.
    const std::vector<value*>& operands() const;
    /// Returns all operands, the parts of those that are sequences, without marking them as read.
    std::vector<value*> all_operands() const;
    /// Returns an operand, which must be a tensor; null if it is absent.
    value* operand(std::size_t i) const;
    /// Returns a required operand; throws unsupported if it is absent.
    value* required_operand(std::size_t i) const;
    /// Returns an operand to hand it on as it is: a tensor, a sequence, or null if it is absent.
    value* tensor_or_sequence(std::size_t i) const;
    /// Does the same; throws unsupported if it is absent.
    value* required_tensor_or_sequence(std::size_t i) const;
    bool is_sequence(const value* v) const;
    /// Returns the parts of an operand; throws unsupported if it is no sequence.
    const std::vector<value*>& sequence(std::size_t i) const;
    /// Returns the tensor whose first axis counts the parts of an operand, a sequence; null if none is known.
    value* stack(std::size_t i) const;
    const tensor_type& type(std::size_t i) const { return required_operand(i)->type; }
    /// Returns the value of an operand that determines shapes, which must follow from constants and shapes; null if the
    /// operand is absent.
    const tensor* constant(std::size_t i, std::string_view name) const;
    /// Lists the inputs of the graph from which operand i is computed, for a message.
    std::string data_dependencies(std::size_t i) const;
    /// Returns the value of an operand if it follows from constants and shapes; null otherwise.
    const tensor* constant_or_null(std::size_t i) const { return operand(i) ? constant_data(operand(i)) : nullptr; }
    const tensor* constant_data(value* v) const;
    /// Does the same as constant() for an operand that must be one number.
    const tensor* constant_number(std::size_t i, std::string_view name) const;
    /// Does the same, and returns integers; `otherwise` if the operand is absent.
    std::vector<dim> constant_integers(std::size_t i, std::string_view name, std::vector<dim> otherwise = {}) const;
    /// Reads a list of integers that is an attribute in old opsets, and operand i since opset `since`.
    std::vector<dim> integers_or_operand(
        std::string_view name, std::size_t i, int since, std::vector<dim> otherwise = {}) const;

    // What the node becomes.
    /// Adds a layer and returns its results, of which only the first `count` exist.
    template <class Spec>
    std::vector<value*> add(
        const typename Spec::attributes& attributes, std::vector<value*> operands, std::size_t count = 1)
    {
        return add_operation(
            std::make_unique<operation_of<Spec>>(attributes), std::move(operands), std::vector<bool>(count, true));
    }
    std::vector<value*> add(std::unique_ptr<operation> op, std::vector<value*> operands, std::size_t count)
    {
        return add_operation(std::move(op), std::move(operands), std::vector<bool>(count, true));
    }
    /// Adds a layer whose results become those of this node; outputs that the file omits are left out.
    template <class Spec>
    void become(const typename Spec::attributes& attributes, std::vector<value*> operands)
    {
        std::vector<value*> all =
            add_operation(std::make_unique<operation_of<Spec>>(attributes), std::move(operands), wanted());
        if constexpr (has_scratch<Spec>) {
            all.resize(Spec::scratch);
        }
        set_results(all);
    }
    /// Makes this node an operation on all its operands, or on these.
    void become(std::unique_ptr<operation> op) { set_results(add_operation(std::move(op), operands_, wanted())); }
    void become(std::unique_ptr<operation> op, std::vector<value*> operands)
    {
        set_results(add_operation(std::move(op), std::move(operands), wanted()));
    }
    /// Imports the graphs that the node contains, as nodes around it or as networks of their own.
    body_importer& bodies() { return bodies_; }
    /// Applies an elementwise expression to operands.
    value* compute(const elementwise_expression& p, std::vector<value*> operands);
    /// Makes a tensor of zeros for the importer to fill. Throws over_budget if it is too large.
    tensor make_constant(const tensor_type& type) const;
    value* add_constant(tensor data);
    value* add_sequence(std::vector<value*> parts, value* stack = nullptr);
    /// Adds a constant that follows from the shape of an operand.
    value* add_extents(tensor data);
    /// Reshapes v; returns v itself if it has the shape.
    value* reshaped(value* v, const shape& to);

    /// Adds, once for the graph, an int64 state that counts the runs before this one. Throws unsupported in a graph
    /// that runs as a network of its own within another.
    value* count_of_runs();
    /// Keeps the texts that stand for classes: the header has them as model::labels.
    void name_classes(std::vector<std::string> labels);
    /// Numbers what draws random numbers without a seed.
    dim next_random_stream();

    /// Returns the capacity of result k along an axis whose extent depends on the data: the user's, at most `most`, or
    /// else `most`. Throws unsupported if neither is known (-1).
    dim capacity(std::size_t k, dim most) const;

    std::size_t result_count() const { return static_cast<std::size_t>(proto_.output_size()); }
    /// Returns the name of result k in the file; it is empty if the node does not have it.
    const std::string& result_name(std::size_t k) const;
    bool has_output(std::size_t k) const { return !result_name(k).empty(); }
    void set_result(std::size_t k, value* v);
    void set_results(const std::vector<value*>& all);
    const std::vector<value*>& results() const { return results_; }

    tensor decode(const onnx::TensorProto& proto) const;
    /// Returns the element type that the network has for one of the file; none if it is not supported.
    element element_for(int code) const;
    /// Makes an axis that counts from the end positive; throws if it is outside [-rank, rank), or [-rank, rank] if
    /// `past_the_end`.
    int axis(dim a, int rank, bool past_the_end = false) const;

private:
    const onnx::AttributeProto* find(std::string_view name) const;
    const onnx::AttributeProto* find(std::string_view name, int kind, std::string_view kind_name) const;
    std::vector<value*> add_operation(
        std::unique_ptr<operation> op, std::vector<value*> operands, const std::vector<bool>& want);
    std::vector<bool> wanted() const;

    graph_builder& builder_;
    body_importer& bodies_;
    const onnx::NodeProto& proto_;
    int opset_;
    std::vector<value*> operands_;
    std::vector<value*> results_;
    mutable std::set<std::string, std::less<>> known_attributes_;  ///< those asked for
    mutable std::size_t known_operands_ = 0;                       ///< the last one asked for, and those before it
};

/// Converts integers to a shape or list of attributes.
shape to_shape(const std::vector<dim>& extents);

}  // namespace cameo::generator
