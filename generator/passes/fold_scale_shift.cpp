// BatchNormalization, Mul or Add of constants after Conv or Gemm → the same layer with scaled weights and a shifted
// bias.
#include "passes/fuse.hpp"
#include "passes/passes.hpp"
#include <algorithm>
#include <cameo/op/conv.hpp>
#include <cameo/op/gemm.hpp>

namespace cameo::generator {

namespace {

/// Tells whether the expression is a x + b in operand `k`, whatever the other operands are.
bool affine_in(const elementwise_expression& p, std::size_t k)
{
    std::array<bool, elementwise_expression::capacity> depends{};
    const auto reads = [&](const argument& a) {
        return a.is_operand() ? a.operand() == k : !a.is_constant() && depends[a.result()];
    };
    for (int i = 0; i < p.length; ++i) {
        const instruction& next = p.code[index(i)];
        const bool first = reads(next.arguments[0]), second = next.count > 1 && reads(next.arguments[1]);
        depends[index(i)] = first || second || (next.count > 2 && reads(next.arguments[2]));
        const bool sum = next.function == place_of<functions::add>() || next.function == place_of<functions::sub>() ||
                         next.function == place_of<functions::neg>();
        const bool product = next.function == place_of<functions::mul>() && !(first && second);
        const bool quotient = next.function == place_of<functions::div>() && !second;
        if (depends[index(i)] && !sum && !product && !quotient) {
            return false;
        }
    }
    return reads(p.result);
}

/// A factor and a summand for each channel.
struct scale_shift {
    std::vector<double> scale, shift;
};

/// Returns what an elementwise node does to each channel of its operand k, if that is a constant scale and shift.
std::optional<scale_shift> as_scale_shift(const node& n, std::size_t k)
{
    const elementwise_attributes* a = n.attributes_of<elementwise_spec>();
    const shape& out = n.result()->type.shape;
    if (!a || n.result()->type.element != element::float32 || n.operands()[k]->type.shape != out || out.rank < 2 ||
        !affine_in(a->compute, k)) {
        return std::nullopt;
    }
    std::vector<std::vector<double>> constants(n.operands().size());
    for (std::size_t i = 0; i < n.operands().size(); ++i) {
        const value* v = n.operands()[i];
        if (i == k) {
            continue;
        }
        const int axis = v->type.shape.rank - (out.rank - 1);  // of the channels, in v
        const bool per_channel = axis >= 0 && v->type.shape.count() == out[1] && v->type.shape[axis] == out[1];
        if (!v->data || (!per_channel && v->type.shape.count() != 1)) {
            return std::nullopt;
        }
        constants[i] = numbers(*v->data);
    }
    scale_shift result;
    for (std::size_t c = 0; c < index(out[1]); ++c) {
        std::array<double, elementwise_expression::max_operands> x{};
        for (std::size_t i = 0; i < constants.size(); ++i) {
            if (i != k) {
                x[i] = constants[i].size() == 1 ? constants[i][0] : constants[i][c];
            }
        }
        const double shift = cameo::detail::interpret(a->compute, x);
        x[k] = 1;
        result.shift.push_back(shift);
        result.scale.push_back(cameo::detail::interpret(a->compute, x) - shift);
    }
    return result;
}

/// Copies the weight and multiplies each of its channels along `axis` by its factor.
value* scaled(graph& g, const value& w, const std::vector<double>& scale, int axis)
{
    tensor t = *w.data;
    const dim inner = t.type.shape.count(axis + 1, t.type.shape.rank), extent = t.type.shape[axis];
    const std::span<float> elements = t.as<float>();
    for (std::size_t i = 0; i < elements.size(); ++i) {
        elements[i] = static_cast<float>(elements[i] * scale[i / index(inner) % index(extent)]);
    }
    return g.add_constant(w.name, std::move(t));
}

/// Scales and shifts the bias; an absent one is zero.
value* moved_bias(graph& g, const value* b, const std::string& name, const scale_shift& by)
{
    const std::vector<double> old = b ? numbers(*b->data) : std::vector<double>(1, 0.0);
    tensor t({element::float32, {static_cast<dim>(by.scale.size())}});
    for (std::size_t c = 0; c < by.scale.size(); ++c) {
        t.as<float>()[c] = static_cast<float>(old[old.size() == 1 ? 0 : c] * by.scale[c] + by.shift[c]);
    }
    return g.add_constant(name, std::move(t));
}

/// Returns the axis of output channels in the weight of a node that can absorb a scale and a shift; nothing for others.
std::optional<int> channel_axis(const node& n)
{
    if (n.operands().size() > 3 || !n.constant_or_absent(1) || !n.constant_or_absent(2) ||
        n.result()->type.element != element::float32) {
        return std::nullopt;
    }
    if (const auto* a = n.attributes_of<conv_spec>()) {
        return a->epilogue.empty() ? std::optional(0) : std::nullopt;
    }
    const auto* a = n.attributes_of<gemm_spec>();
    if (!a) {
        return std::nullopt;
    }
    const dim columns = n.result()->type.shape[n.result()->type.shape.rank - 1];
    const bool bias_per_column =
        !n.operand(2) || n.operand(2)->type.shape.count() == columns || n.operand(2)->type.shape.count() == 1;
    if (!a->epilogue.empty() || a->alpha != 1 || a->beta != 1 || !bias_per_column) {
        return std::nullopt;
    }
    return a->transpose_b ? 0 : 1;
}

void fold_into_producer(graph& g, node& n)
{
    for (std::size_t k = 0; k < n.operands().size(); ++k) {
        node* producer = sole_producer(n.operand(k));
        const auto axis = producer ? channel_axis(*producer) : std::nullopt;
        const auto by = axis ? as_scale_shift(n, k) : std::nullopt;
        if (!by) {
            continue;
        }
        const value *bias = producer->operand(2), *weight = producer->operand(1);
        producer->set_operand(2, moved_bias(g, bias, bias ? bias->name : weight->name + "_bias", *by));
        producer->set_operand(1, scaled(g, *weight, by->scale, *axis));
        return take_result(g, *producer, n);
    }
}

}  // namespace

/// Folds constant scales and shifts of a convolution's or dense layer's output channels (BatchNormalization, Mul, Add)
/// into its weights. Factors are computed in double.
void fold_scale_shift(graph& g)
{
    each_node(g, [&](node& n) {
        if (n.attributes_of<elementwise_spec>()) {
            fold_into_producer(g, n);
        }
    });
}

}  // namespace cameo::generator
