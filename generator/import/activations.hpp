// Finds the activations of recurrent and of fused layers by their ONNX names.
#pragma once
#include "import/source_node.hpp"

namespace cameo::generator {

/// Reads a node's attributes activations, activation_alpha and activation_beta, one activation at a time.
class activation_list {
public:
    /// Throws unsupported if the node names activations, but not `count` of them.
    activation_list(const source_node& n, std::size_t count);
    /// Takes one activation that has at most these two constants.
    activation_list(std::string name, std::vector<double> alpha, std::vector<double> beta)
        : names_{std::move(name)}, alpha_{std::move(alpha)}, beta_{std::move(beta)}
    {
    }

    /// Returns the next activation as an expression on operand<0>; `otherwise` if the node names none.
    elementwise_expression next(std::string_view otherwise);

private:
    /// Each activation with an alpha takes one from the list, and the operator's default at its end; likewise beta.
    struct constants {
        std::vector<double> values;
        std::size_t taken = 0;
        double next(double otherwise) { return taken < values.size() ? values[taken++] : otherwise; }
        double need(std::string_view activation);
    };
    template <class Function>
    elementwise_expression apply();

    std::vector<std::string> names_;
    std::size_t read_ = 0;
    constants alpha_, beta_;
};

}  // namespace cameo::generator
