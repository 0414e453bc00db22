// The typed graph that the importer builds from a model, that passes rewrite, and that is planned and emitted.
#pragma once
#include "graph/operation.hpp"
#include <map>
#include <set>

namespace cameo::generator {

struct node;
struct value;

/// An axis of which the data decide how much is there: the type has its capacity. What is beyond is zero, or computed
/// of zeros.
struct run_time_extent {
    int axis = 0;
    value* count = nullptr;  ///< how many there are, an int64: more than the capacity where some were left out
    friend bool operator==(const run_time_extent&, const run_time_extent&) = default;
};

/// An input, a constant, or a result of a node.
struct value {
    std::string name;  ///< in the file
    tensor_type type;
    std::optional<tensor> data;  ///< of a constant
    node* producer = nullptr;
    bool is_input = false;
    bool follows = false;   ///< from constants alone: `data` can be computed, once the budget allows it
    bool is_state = false;  ///< kept in the network from one run to the next
    std::optional<run_time_extent> extent = {};
    std::optional<dim> parameters = {};  ///< of what follows from constants alone: how many of the file's are behind it
};

/// An extent that whoever uses the network chooses: a template parameter of the header.
struct parameter {
    std::string name;       ///< an identifier
    std::string axis;       ///< in the file
    dim sample = 0;         ///< that the graph is of
    bool is_count = false;  ///< the first axis of an input: often of a batch

    /// The default of the template parameter.
    dim otherwise() const { return is_count ? 1 : sample; }
};

/// A value that the network keeps: `current` is in the next run what `next` is in this one. At first it is zero.
struct recurrent_state {
    value* current = nullptr;
    value* next = nullptr;  ///< null where the one layer that reads the state also changes it
};

/// An input that has a default: the network holds it, and whoever uses the network may write it.
struct overridable_input {
    value* input = nullptr;
    value* initial = nullptr;  ///< a constant
};

/// Where a node comes from in the file, for messages and for the comments of the header.
struct origin {
    std::string name;
    std::string operator_type;
    int opset = 0;
    int number = -1;  ///< tells nodes of the file apart
};

/// Bytes to work in.
constexpr tensor_type memory_type(std::size_t bytes) { return {element::uint8, {static_cast<dim>(bytes)}}; }

/// Is the value absent, or a constant of zeros?
bool is_zero(const value* v);

struct node {
    std::vector<origin> origins;  ///< more than one where nodes were fused
    std::unique_ptr<operation> op;
    std::vector<value*> operands;  ///< null where an optional one is absent
    std::vector<value*> results;   ///< null where nobody reads it
    bool too_costly = false;       ///< it is constant, and takes more than the budget has: it stays for run time
    std::map<std::string, std::string> expressions =
        {};  ///< attributes that depend on parameters of the graph, as C++; $0 stands for operand 0

    operation::types operand_types() const;
    /// Is operand k a constant, or absent?
    bool constant_or_absent(std::size_t k) const { return k >= operands.size() || !operands[k] || operands[k]->data; }
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
};

/// A node of operator Spec without results yet.
template <class Spec>
std::unique_ptr<node> make_node(typename Spec::attributes attributes, origin from, std::vector<value*> operands)
{
    auto n = std::make_unique<node>();
    n->origins = {std::move(from)};
    n->op = std::make_unique<operation_of<Spec>>(std::move(attributes));
    n->operands = std::move(operands);
    return n;
}

/// Nodes in an order in which they can run. The graph owns its values; nodes refer to them.
class graph {
public:
    std::string name;
    std::string digest;           ///< SHA-256 of the model file
    std::set<std::string> files;  ///< the model file and those of its external data
    int opset = 0;
    dim file_parameters = 0;  ///< elements of initializers, of constants that act as weights, and of what inputs are
                              ///< bound to, as the file has them
    std::vector<dim> parameters_of_nodes;  ///< those that a node of the file reads, by origin::number
    std::vector<std::pair<std::string, std::string>> metadata;  ///< of the file: keys and values
    bool is_nested = false;  ///< a layer of another graph runs it: its inputs are read where they lie
    std::vector<value*> inputs;
    std::vector<value*> outputs;
    std::vector<std::string> output_names;
    std::vector<recurrent_state> states;
    std::vector<overridable_input> overridable_inputs;
    std::vector<std::unique_ptr<node>> nodes;
    std::vector<parameter> parameters;      ///< empty: every shape is fixed
    std::map<const value*, int> time_axes;  ///< of inputs that are sequences, for --stream
    std::shared_ptr<budget> left =
        std::make_shared<budget>();  ///< of what the generator may spend on the model; the graphs in it share it
    std::map<const value*, std::map<int, std::string>> open_axes;  ///< of inputs: the parameters that are their extents

    value* add_value(std::string name, const tensor_type& type);
    value* add_constant(std::string name, tensor data);
    value* add_input(std::string name, const tensor_type& type);
    /// An input with a default.
    value* add_overridable_input(std::string name, tensor initial);
    /// Without defaults, then with.
    std::vector<value*> all_inputs() const;
    /// A state without a next value yet.
    value* add_state(std::string name, const tensor_type& type);
    /// Puts a node, with its results, before position `at`.
    node* insert(std::size_t at, std::unique_ptr<node> n);
    /// Every reader of `old`, outputs and next states included, reads `replacement` instead.
    void replace(const value* old, value* replacement);
    /// How often each value is read, by nodes, as an output and as a next state.
    std::map<const value*, int> uses() const;
    /// Defaults, and the constants that nodes read, those of nested graphs included, each once, in the order in which
    /// they are read first.
    std::vector<const value*> constants() const;
    /// Does the value outlive the run, as an output or a next state?
    bool is_kept(const value* v) const;

    const std::vector<std::unique_ptr<value>>& values() const { return values_; }

private:
    std::vector<std::unique_ptr<value>> values_;
};

/// Runs a node's plain definition. Its results are in the order of node::results; one that nobody reads is empty.
/// Throws over_budget where `spent` has too little for it, failure where memory does not suffice.
std::vector<tensor> evaluate(const node& n, const std::vector<const tensor*>& operands, budget& spent);

/// The graph as text, a line a node: what --dump=graph prints.
std::string dump(const graph& g);

}  // namespace cameo::generator
