// x / pow(k + alpha * AveragePool(Pad(x²)), beta) → LRN(x): one layer instead of the nine that exporters write.
#include "passes/fuse.hpp"
#include "passes/passes.hpp"
#include <algorithm>
#include <cameo/op/average_pool.hpp>
#include <cameo/op/elementwise.hpp>
#include <cameo/op/lrn.hpp>
#include <cameo/op/pad.hpp>
#include <cameo/op/reshape.hpp>
#include <optional>

namespace cameo::generator {

namespace {

/// Matches, from its end upward, what exporters write for LRN: x / (k + alpha mean(x² of some channels))^beta, where
/// Pad and AveragePool compute the mean.
class lrn_pattern {
public:
    /// Returns the attributes of LRN if this node is the division at the end.
    std::optional<lrn_attributes> match(const node& division)
    {
        const elementwise_attributes* a = division.attributes_of<elementwise_spec>();
        if (!a || a->compute != div(operand<0>, operand<1>) || division.result()->type.element != element::float32) {
            return std::nullopt;
        }
        const value *x = division.operand(0), *at = division.operand(1);
        lrn_attributes found;
        const bool scaled = step<functions::pow>(at, found.beta) && step<functions::add>(at, found.bias) &&
                            step<functions::mul>(at, found.alpha);
        if (!scaled || at->type.shape != x->type.shape || !reshaped(at) || !averaged(at, x->type.shape, found.size) ||
            !padded(at, found.size) || !reshaped(at) || !squared(at, x)) {
            return std::nullopt;
        }
        return found;
    }

private:
    /// Matches a function of a value and a constant, in this order, or in either if the function commutes; moves to the
    /// value.
    template <class Function>
    bool step(const value*& at, double& constant) const
    {
        const node* n = sole_producer(at);
        const elementwise_attributes* a = n ? n->attributes_of<elementwise_spec>() : nullptr;
        if (!a || n->operands().size() != 1 || a->compute.length != 1) {
            return false;
        }
        const instruction& only = a->compute.code[0];
        if (only.function != place_of<Function>() || only.count != 2) {
            return false;
        }
        const bool first = only.arguments[0].is_constant();
        if (first == only.arguments[1].is_constant() || (first && std::is_same_v<Function, functions::pow>)) {
            return false;
        }
        constant = only.arguments[first ? 0 : 1].constant;
        at = n->operand(0);
        return true;
    }

    bool reshaped(const value*& at) const { return operand_of<reshape_spec>(at) != nullptr; }

    /// Matches means of N x 1 x C x D1 … along C, where x is N x C x D1 …
    bool averaged(const value*& at, const shape& x, dim& size) const
    {
        shape expected{x[0], 1};
        for (int axis = 1; axis < x.rank; ++axis) {
            expected.append(x[axis]);
        }
        const bool fits = at->type.shape == expected;
        const node* n = operand_of<average_pool_spec>(at);
        if (!n || !fits) {
            return false;
        }
        const window& w = n->attributes_of<average_pool_spec>()->window;
        size = w.kernel_shape[0];
        for (int a = 0; a < w.kernel_shape.rank; ++a) {
            if ((a > 0 && w.kernel_shape[a] != 1) || w.stride(a) != 1 || w.dilation(a) != 1 || w.pad_begin(a) != 0 ||
                w.pad_end(a) != 0) {
                return false;
            }
        }
        return true;
    }

    bool padded(const value*& at, dim size) const
    {
        const node* n = operand_of<pad_spec>(at);
        if (!n) {
            return false;
        }
        const pad_attributes& a = *n->attributes_of<pad_spec>();
        if (a.mode != pad_mode::constant || !is_zero(n->operand<&pad_spec::value>())) {
            return false;
        }
        for (int axis = 0; axis < a.begin.rank; ++axis) {
            if (a.begin[axis] != (axis == 2 ? (size - 1) / 2 : 0) || a.end[axis] != (axis == 2 ? size / 2 : 0)) {
                return false;
            }
        }
        return true;
    }

    /// Matches the square of x. It is reshaped to a single channel, so that x's channels are an axis to pool along.
    bool squared(const value* at, const value* x) const
    {
        const node* n = sole_producer(at);
        const elementwise_attributes* a = n ? n->attributes_of<elementwise_spec>() : nullptr;
        if (!a || at->type.shape != x->type.shape) {
            return false;
        }
        const bool product = n->operands().size() == 2 && a->compute == mul(operand<0>, operand<1>) &&
                             n->operand(0) == x && n->operand(1) == x;
        return product || (n->operands().size() == 1 && n->operand(0) == x &&
                              (a->compute == pow(operand<0>, 2.0) || a->compute == mul(operand<0>, operand<0>)));
    }

    /// Moves to the first operand of the node that makes a value, if the node has this operator.
    template <class Spec>
    const node* operand_of(const value*& at) const
    {
        const node* n = sole_producer(at);
        if (!n || !n->attributes_of<Spec>()) {
            return nullptr;
        }
        at = n->operand(0);
        return n;
    }
};

}  // namespace

/// Replaces the nodes that exporters write, where their framework's operator set lacks LRN, by one LRN.
void find_lrn(graph& g)
{
    for (const auto& n : g.nodes()) {
        if (const auto found = lrn_pattern().match(*n)) {
            n->become<lrn_spec>(*found, {n->operand(0)});
        }
    }
    remove_dead_nodes(g);
}

}  // namespace cameo::generator
