// A value of the graph: its type, its data if it is a constant, who makes it and who reads it.
#pragma once
#include "graph/size_expression.hpp"
#include "support/tensor.hpp"
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cameo::generator {

class node;
struct value;

/// An axis of which the data decide how much is there: the type has its capacity. What is beyond is zero, or computed
/// of zeros.
struct run_time_extent {
    int axis = 0;
    value* count = nullptr;  ///< how many there are, an int64: more than the capacity where some were left out
    friend bool operator==(const run_time_extent&, const run_time_extent&) = default;
};

/// A node that reads a value, and as which operand.
struct reader {
    class node* node = nullptr;
    std::size_t operand = 0;
};

/// An input, a constant, or a result of a node.
struct value {
    std::string name;  ///< in the file
    tensor_type type;
    std::optional<tensor> data;                    ///< of a constant
    std::optional<size_expression> elements = {};  ///< of a constant that depends on parameters of the graph
    bool is_input = false;
    bool follows = false;            ///< from constants alone: `data` can be computed, once the budget allows it
    bool depends_on_shapes = false;  ///< it follows from shapes, of which some axes may be open
    bool is_state = false;           ///< kept in the network from one run to the next
    std::uint32_t varying_axes = 0;  ///< bit k: the extent of axis k depends on parameters of the graph
    std::optional<run_time_extent> extent = {};
    std::optional<dim> parameters = {};  ///< of what follows from constants alone: how many of the file's are behind it

    /// Does an extent depend on parameters of the graph?
    bool varies_along(int axis) const { return varying_axes >> axis & 1; }
    /// Returns the node that makes the value; null for an input, a state and a constant.
    node* producer() const { return producer_; }
    /// Returns who reads the value in the graph, once for each operand that is it, in no particular order.
    std::span<const reader> readers() const { return readers_; }
    /// Does the value outlive the run, as an output or a next state?
    bool is_kept() const { return kept_ > 0; }
    /// How often the value is read: by nodes, as an output and as a next state.
    std::size_t uses() const { return readers_.size() + kept_; }
    /// Is it read by one operand of a node, and by nothing else?
    bool has_sole_reader() const { return readers_.size() == 1 && kept_ == 0; }

private:
    friend class node;
    friend class graph;
    node* producer_ = nullptr;
    std::vector<reader> readers_;
    std::size_t kept_ = 0;
};

/// Is the value absent, or a constant of zeros?
bool is_zero(const value* v);

}  // namespace cameo::generator
