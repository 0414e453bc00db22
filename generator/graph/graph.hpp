// The typed graph that the importer builds from a model, that passes rewrite, and that is planned and emitted.
#pragma once
#include "graph/node.hpp"
#include <set>

namespace cameo::generator {

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

/// Bytes to work in.
constexpr tensor_type memory_type(std::size_t bytes) { return {element::uint8, {static_cast<dim>(bytes)}}; }

/// Nodes in an order in which they can run. The graph owns its values; nodes refer to them. Whatever is changed goes
/// through the graph or its nodes, so that each value knows its producer and its readers at all times.
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
    std::vector<std::string> labels;  ///< the texts that a classifier or ZipMap of the file has for classes
    bool is_nested = false;           ///< a layer of another graph runs it: its inputs are read where they lie
    std::vector<value*> inputs;
    std::vector<overridable_input> overridable_inputs;
    std::vector<parameter> parameters;      ///< empty: every shape is fixed
    std::map<const value*, int> time_axes;  ///< of inputs that are sequences, for --stream
    std::shared_ptr<budget> left =
        std::make_shared<budget>();  ///< of what the generator may spend on the model; the graphs in it share it
    std::map<const value*, std::map<int, size_expression>>
        open_axes;  ///< of inputs, and of states of nested graphs: extents that depend on parameters

    value* add_value(std::string name, const tensor_type& type);
    value* add_constant(std::string name, tensor data);
    value* add_input(std::string name, const tensor_type& type);
    /// An input with a default.
    value* add_overridable_input(const std::string& name, tensor initial);
    /// Without defaults, then with.
    std::vector<value*> all_inputs() const;

    const std::vector<value*>& outputs() const { return outputs_; }
    const std::vector<std::string>& output_names() const { return output_names_; }
    void add_output(value* v, const std::string& name) { insert_output(outputs_.size(), v, name); }
    void insert_output(std::size_t k, value* v, const std::string& name);
    void set_output(std::size_t k, value* v);
    void remove_outputs(std::size_t first, std::size_t count);

    const std::vector<recurrent_state>& states() const { return states_; }
    /// Finds the state that is `next` after each run.
    std::optional<std::size_t> find_state(const value* current, const value* next) const;
    /// A state of its own value, which is `next` after each run.
    value* add_state(std::string name, const tensor_type& type, value* next);
    /// Makes an input the state that is `next` after each run. It remains in `inputs` until the caller removes it.
    void make_state(value* input, value* next);
    void set_next(std::size_t k, value* next);

    const std::list<std::unique_ptr<node>>& nodes() const { return nodes_; }
    /// Puts a node, with its results, at the end, or before another.
    node& append(std::unique_ptr<node> n) { return put(nodes_.end(), std::move(n)); }
    node& insert_before(const node& at, std::unique_ptr<node> n) { return put(at.place_, std::move(n)); }
    node& insert_after(const node& at, std::unique_ptr<node> n) { return put(std::next(at.place_), std::move(n)); }
    /// Takes a node out of the order, and puts it before another.
    void move_before(const node& at, node& n);
    /// Removes a node. Its results have no producer then: they are constants, or nobody reads them, or another node
    /// makes them.
    void erase(node& n);
    /// Tells whether node a runs before node b.
    static bool comes_before(const node& a, const node& b) { return a.order_ < b.order_; }
    /// Every reader of `old`, outputs and next states included, reads `replacement` instead.
    void replace(value* old, value* replacement);
    /// Defaults, and the constants that nodes read, those of nested graphs included, each once, in the order in which
    /// they are read first.
    std::vector<const value*> constants() const;
    const std::vector<std::unique_ptr<value>>& values() const { return values_; }

private:
    using place = std::list<std::unique_ptr<node>>::iterator;

    node& put(place before, std::unique_ptr<node> n);
    void number(place at);
    static void keep(value*& slot, value* v);

    std::vector<std::unique_ptr<value>> values_;
    std::vector<value*> outputs_;
    std::vector<std::string> output_names_;
    std::vector<recurrent_state> states_;
    std::list<std::unique_ptr<node>> nodes_;
};

/// Returns each node in order, and behind it those of the graphs that it holds.
std::vector<node*> nodes_within(const graph& g);

}  // namespace cameo::generator
