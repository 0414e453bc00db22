// A node of the graph: an operation on operands. Its values know it as producer and as reader while it is in a graph.
#pragma once
#include "graph/operand.hpp"
#include "graph/operation.hpp"
#include "graph/size_expression.hpp"
#include "graph/value.hpp"
#include <algorithm>
#include <list>
#include <map>

namespace cameo::generator {

/// Where a node comes from in the file, for messages and for the comments of the header.
struct origin {
    std::string name;
    std::string operator_type;
    int opset = 0;
    int number = -1;  ///< tells nodes of the file apart
};

class node {
public:
    node(std::unique_ptr<operation> operation, std::vector<origin> from, std::vector<value*> operands)
        : origins(std::move(from)), op(std::move(operation)), operands_(std::move(operands)), reads_(operands_.size())
    {
    }
    node(const node&) = delete;
    node& operator=(const node&) = delete;

    std::vector<origin> origins;  ///< more than one where nodes were fused
    std::unique_ptr<operation> op;
    bool too_costly = false;        ///< it is constant, and takes more than the budget has: it stays for run time
    bool depends_on_sizes = false;  ///< it is constant, but not the same at all sizes: it stays a layer
    std::map<std::string, size_expression> expressions = {};  ///< of attributes that depend on parameters of the graph

    /// Operands in the order of the spec; null where an optional one is absent.
    const std::vector<value*>& operands() const { return operands_; }
    /// Returns operand k; null where it is absent.
    value* operand(std::size_t k) const { return k < operands_.size() ? operands_[k] : nullptr; }
    /// Returns the operand that a member of the spec describes: operand<&conv_spec::residual>().
    template <auto Member>
    value* operand() const
    {
        return operand(operand_of(Member));
    }
    operation::types operand_types() const;
    /// Is operand k a constant, or absent?
    bool constant_or_absent(std::size_t k) const { return !operand(k) || operand(k)->data; }
    /// Does the extent of an axis of some operand or result depend on parameters of the graph?
    bool varies_along(int axis) const
    {
        const auto varies = [axis](const value* v) { return v && v->varies_along(axis); };
        return std::ranges::any_of(operands_, varies) || std::ranges::any_of(results_, varies);
    }
    void set_operand(std::size_t k, value* v);
    template <auto Member>
    void set_operand(value* v)
    {
        set_operand(operand_of(Member), v);
    }
    void set_operands(std::vector<value*> operands);

    /// Results in the order of the operator; null where nobody reads one.
    const std::vector<value*>& results() const { return results_; }
    /// Returns result k; null where nobody reads it.
    value* result(std::size_t k = 0) const { return k < results_.size() ? results_[k] : nullptr; }
    /// Makes this node the producer of a value, whose producer before loses it; null drops the result.
    void set_result(std::size_t k, value* v);
    void set_results(std::vector<value*> results);

    /// The attributes, if this node is of operator Spec; null otherwise.
    template <class Spec>
    typename Spec::attributes* attributes_of() const
    {
        auto* typed = dynamic_cast<operation_of<Spec>*>(op.get());
        return typed ? &typed->attributes : nullptr;
    }
    template <class Spec>
    Spec spec() const
    {
        return make_runtime_spec<Spec>(*attributes_of<Spec>(), operand_types());
    }
    /// Turns the node into one of operator Spec with other operands; results and origins stay.
    template <class Spec>
    void become(typename Spec::attributes attributes, std::vector<value*> operands)
    {
        op = std::make_unique<operation_of<Spec>>(std::move(attributes));
        expressions.clear();
        set_operands(std::move(operands));
    }

private:
    friend class graph;
    void read(std::size_t k);
    void stop_reading(std::size_t k);
    void produce(value* v);
    void stop_producing(value* v);

    std::vector<value*> operands_;
    std::vector<std::size_t> reads_;  ///< of each operand: its place among the readers of the value
    std::vector<value*> results_;
    bool in_graph_ = false;
    std::list<std::unique_ptr<node>>::iterator place_;
    std::uint64_t order_ = 0;  ///< grows along the graph
};

/// A node of operator Spec without results yet.
template <class Spec>
std::unique_ptr<node> make_node(typename Spec::attributes attributes, origin from, std::vector<value*> operands)
{
    return std::make_unique<node>(std::make_unique<operation_of<Spec>>(std::move(attributes)),
        std::vector<origin>{std::move(from)}, std::move(operands));
}

/// Copies the origins of a node that becomes part of another, so that the comments of the header tell, in order, what
/// was fused.
void prepend_origins(node& to, const node& from);
void append_origins(node& to, const node& from);

}  // namespace cameo::generator
