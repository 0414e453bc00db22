// Finds the activations of recurrent layers by their ONNX names.
#pragma once
#include "import/source_node.hpp"

namespace cameo::generator {

/// Reads a node's attributes activations, activation_alpha and activation_beta, one activation after the other.
class activation_list {
public:
    /// Throws unsupported where the node names activations, but not `count`.
    activation_list(const source_node& n, std::size_t count);

    /// The next activation as a program on operand<0>; the one called `otherwise` where the node names none.
    program next(std::string_view otherwise);

private:
    /// Each activation that has an alpha takes one from the list, and so for beta; the operator's default where the
    /// list is at its end.
    struct constants {
        std::vector<double> values;
        std::size_t taken = 0;
        double next(double otherwise) { return taken < values.size() ? values[taken++] : otherwise; }
        double need(std::string_view activation);
    };
    template <class Function>
    program apply();

    std::vector<std::string> names_;
    std::size_t read_ = 0;
    constants alpha_, beta_;
};

}  // namespace cameo::generator
