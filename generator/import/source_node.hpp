// An operator's view of the node that it imports: attributes, operands, and ways to say what the node becomes.
#pragma once
#include "import/bodies.hpp"
#include "model/onnx.pb.h"
#include "support/failure.hpp"
#include <cameo/function/program.hpp>

namespace cameo::generator {

/// The node cannot be imported. The importer of the whole graph turns it into an obstacle and goes on.
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
    /// Of a node in training mode: is it to be computed as it says? Throws unsupported where the user has not chosen.
    bool trains() const;

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
    /// Attributes that do not change the result.
    void ignore(std::initializer_list<std::string_view> names) const;
    /// Throws unsupported where the node has an attribute or an operand that nobody asked for: it could mean anything.
    void refuse_what_is_not_known() const;

    // Operands.
    std::size_t operand_count() const { return operands_.size(); }
    const std::vector<value*>& operands() const;
    /// The same, whether the importer of the operator has asked for them or not.
    const std::vector<value*>& all_operands() const { return operands_; }
    /// Null where the operand is absent.
    value* operand(std::size_t i) const;
    /// The operand, which must be there.
    value* need(std::size_t i) const;
    const tensor_type& type(std::size_t i) const { return need(i)->type; }
    /// The value of an operand that decides shapes: it must follow from constants and shapes. Null where the operand is
    /// absent.
    const tensor* constant(std::size_t i, std::string_view name) const;
    /// The inputs of the graph from which operand i is computed, as a list to print.
    std::string what_decides(std::size_t i) const;
    /// The value of an operand, if it follows from constants and shapes; null otherwise.
    const tensor* known(std::size_t i) const { return operand(i) ? known_data(operand(i)) : nullptr; }
    const tensor* known_data(value* v) const;
    /// The same of an operand that must be one number.
    const tensor* constant_number(std::size_t i, std::string_view name) const;
    /// The same as integers; `otherwise` where the operand is absent.
    std::vector<dim> constant_integers(std::size_t i, std::string_view name, std::vector<dim> otherwise = {}) const;
    /// An integer list that is an attribute in old opsets and operand i since `since`.
    std::vector<dim> integers_or_operand(
        std::string_view name, std::size_t i, int since, std::vector<dim> otherwise = {}) const;

    // What the node becomes.
    /// Adds a layer; gives its results. Only those asked for (`count`) exist.
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
    /// The same with as many results as this node's outputs, those absent in the file left out; they are set as this
    /// node's results.
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
    /// Becomes an operation on all its operands, or on these.
    void become(std::unique_ptr<operation> op) { set_results(add_operation(std::move(op), operands_, wanted())); }
    void become(std::unique_ptr<operation> op, std::vector<value*> operands)
    {
        set_results(add_operation(std::move(op), std::move(operands), wanted()));
    }
    /// Graphs that the node holds become nodes around it, or networks of their own.
    body_importer& bodies() { return bodies_; }
    /// Applies an elementwise program to operands.
    value* compute(const program& p, std::vector<value*> operands);
    /// Zeros that the importer fills. Throws over_budget where they are too many.
    tensor make_constant(const tensor_type& type) const;
    value* add_constant(tensor data);
    /// A view of v under another shape; v itself where the shape is the same.
    value* reshaped(value* v, const shape& to);

    /// Room for result k along an axis of which the data decide how much is there: what the user says, at most `most`,
    /// otherwise `most`. Throws unsupported where both are unknown (-1).
    dim capacity(std::size_t k, dim most) const;

    std::size_t result_count() const { return static_cast<std::size_t>(proto_.output_size()); }
    bool wants(std::size_t k) const { return k < result_count() && !proto_.output(static_cast<int>(k)).empty(); }
    void set_result(std::size_t k, value* v);
    void set_results(const std::vector<value*>& all);
    const std::vector<value*>& results() const { return results_; }

    tensor decode(const onnx::TensorProto& proto) const;
    /// An axis counted from the end made positive; throws where it is out of [-rank, rank), or [-rank, rank] if
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

/// A shape or list of attributes from integers.
shape to_shape(const std::vector<dim>& extents);

}  // namespace cameo::generator
