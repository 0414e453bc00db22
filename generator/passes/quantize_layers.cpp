// Conv, Gemm, MatMul and AveragePool of DequantizeLinear(x) → a layer that reads bytes; its result is float at first.
#include "passes/quantize.hpp"
#include <algorithm>
#include <cameo/kernel/quantized_conv_layout.hpp>
#include <cameo/op/conv.hpp>
#include <cameo/op/gemm.hpp>
#include <cameo/op/quantized_average_pool.hpp>
#include <cmath>
#include <set>
#include <unordered_map>

namespace cameo::generator {

namespace {

/// Quantized filters, M x C/group x K1 …, with one scale for each filter or one for all.
struct filters {
    tensor weights;
    std::vector<float> scales;

    std::size_t count() const { return index(weights.type.shape[0]); }
    float scale(std::size_t m) const { return scales.size() == 1 ? scales[0] : scales[m]; }
    /// Returns the sum of the weights of a filter.
    std::int64_t total(std::size_t m) const
    {
        const std::size_t size = weights.bytes.size() / count();
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < size; ++i) {
            sum += weights.as<std::int8_t>()[m * size + i];
        }
        return sum;
    }
};

tensor transposed(const tensor& t)
{
    const dim rows = t.type.shape[0], columns = t.type.shape[1];
    tensor transposed({t.type.element, {columns, rows}});
    for (dim r = 0; r < rows; ++r) {
        for (dim c = 0; c < columns; ++c) {
            transposed.as<std::int8_t>()[index(c * rows + r)] = t.as<std::int8_t>()[index(r * columns + c)];
        }
    }
    return transposed;
}

/// The operands of DequantizeLinear.
value* integers_of(const node& dequantize) { return dequantize.operand<&dequantize_linear_spec::x>(); }
const value* scale_of(const node& dequantize) { return dequantize.operand<&dequantize_linear_spec::scale>(); }

/// Is this a DequantizeLinear of a constant, without a zero point?
bool scales_constant(const node* n)
{
    return is_dequantize(n) && integers_of(*n)->data && scale_of(*n)->data &&
           is_zero(n->operand<&dequantize_linear_spec::zero_point>());
}

/// Returns the filters behind a symmetric DequantizeLinear; `axis` is the axis of filters.
std::optional<filters> filters_of(const value* w, int axis)
{
    const node* from = w->producer();
    if (!scales_constant(from) || integers_of(*from)->type.element != element::int8) {
        return std::nullopt;
    }
    const scale_attributes& of = from->attributes_of<dequantize_linear_spec>()->of;
    const value* scale = scale_of(*from);
    if (of.block_size != 0 || (scale->type.shape.count() != 1 && of.axis != axis)) {
        return std::nullopt;
    }
    const auto scales = scale->data->as<float>();
    const tensor& weights = *integers_of(*from)->data;
    return filters{axis == 1 ? transposed(weights) : weights, {scales.begin(), scales.end()}};
}

/// The bias of each filter in units of its integer sums: a whole number, and the remainder.
struct bias_steps {
    double whole = 0, rest = 0;
};

/// Converts the bias; nothing if it is not constant, or too large. A bias that is stored in these units is whole,
/// however its scale was rounded.
std::optional<std::vector<bias_steps>> biases_of(const value* b, const filters& f, float x_scale)
{
    std::vector<bias_steps> all(f.count());
    if (!b) {
        return all;
    }
    const node* from = b->producer();
    const bool in_steps = scales_constant(from);
    if (!b->data && !in_steps) {
        return std::nullopt;
    }
    const std::vector<double> given = numbers(b->data ? *b->data : *integers_of(*from)->data),
                              scales = in_steps ? numbers(*scale_of(*from)->data) : std::vector<double>{1};
    if (given.size() != 1 && given.size() != all.size()) {
        return std::nullopt;
    }
    for (std::size_t m = 0; m < all.size(); ++m) {
        const double number = given[given.size() == 1 ? 0 : m] * scales[scales.size() == 1 ? 0 : m];
        const double steps = number / (static_cast<double>(x_scale) * static_cast<double>(f.scale(m))),
                     whole = std::nearbyint(steps);
        if (!(std::abs(whole) < 0x1p29)) {
            return std::nullopt;
        }
        all[m] = {whole, in_steps && std::abs(steps - whole) <= std::abs(steps) * 0x1p-21 ? 0 : steps - whole};
    }
    return all;
}

/// The zero points with which nodes read stored numbers.
class zero_points {
public:
    explicit zero_points(const graph& g)
    {
        for (const auto& n : g.nodes()) {
            if (const auto q = quantization_of(n.get())) {
                of_[n->operand(0)].insert(q->zero_point);
            }
        }
    }
    /// Tells whether all readers use the same zero point: a halo can hold only one.
    bool are_one(const value* stored) const { return of_.at(stored).size() == 1; }

private:
    std::unordered_map<const value*, std::set<dim>> of_;
};

/// Turns a node into a quantized convolution with a float result, if there is a fast path for it. Its operands are x,
/// filters and bias.
bool become_convolution(graph& g, const zero_points& zeros, node& n, quantized_conv_attributes a, int filter_axis)
{
    const node* from = n.operand(0)->producer();
    const auto q = quantization_of(from);
    if (!q || !is_dequantize(from) || q->type != element::uint8 || !zeros.are_one(integers_of(*from))) {
        return false;
    }
    const auto f = filters_of(n.operand(1), filter_axis);
    if (!f) {
        return false;
    }
    value* bias = n.operand(2);
    const auto biases = biases_of(bias, *f, q->scale);
    if (!biases) {
        return false;
    }
    a.padding = q->zero_point;
    a.to = element::float32;
    const shape per_filter{static_cast<dim>(f->count())};
    const quantized_conv_spec s = settled(quantized_conv_spec{
        a, integers_of(*from)->type, f->weights.type, {element::float32, per_filter}, {element::int32, per_filter}});
    if (check(s) != quantized_conv_problem::none || choose_method(s) == quantized_conv_method::plain) {
        return false;
    }
    tensor scale({element::float64, per_filter}), b(s.b), rest(scale.type);
    for (std::size_t m = 0; m < f->count(); ++m) {
        scale.as<double>()[m] = static_cast<double>(q->scale) * static_cast<double>(f->scale(m));
        rest.as<double>()[m] = (*biases)[m].rest * scale.as<double>()[m];
        b.as<std::int32_t>()[m] =
            static_cast<std::int32_t>(static_cast<std::int64_t>((*biases)[m].whole) - q->zero_point * f->total(m));
    }
    const std::string name = integers_of(*n.operand(1)->producer())->name;
    n.become<quantized_conv_spec>(
        a, {integers_of(*from), g.add_constant(name, f->weights), g.add_constant(name + "_scale", std::move(scale)),
               g.add_constant(bias ? bias->name : name + "_bias", std::move(b))});
    if (std::any_of(biases->begin(), biases->end(), [](const bias_steps& s) { return s.rest != 0; })) {
        n.set_operand<&quantized_conv_spec::rest>(g.add_constant(name + "_rest", std::move(rest)));
    }
    return true;
}

/// Rounds a constant operand (a scale, for instance) to float32 once.
void round_operand(graph& g, node& n, std::size_t k)
{
    if (n.operands().size() <= k || n.operands()[k]->type.element != element::float64) {
        return;
    }
    const value& exact = *n.operands()[k];
    tensor rounded({element::float32, exact.type.shape});
    const auto to_float = [](double number) { return static_cast<float>(number); };
    std::ranges::transform(exact.data->as<double>(), rounded.as<float>().begin(), to_float);
    n.set_operand(k, g.add_constant(exact.name, std::move(rounded)));
}

}  // namespace

void round_scales(graph& g)
{
    for (const auto& n : g.nodes()) {
        if (n->attributes_of<quantized_conv_spec>()) {
            for (const std::size_t k : {2, 5}) {
                round_operand(g, *n, k);
            }
        }
    }
}

void quantize_convolutions(graph& g)
{
    const zero_points zeros(g);
    for (const auto& n : g.nodes()) {
        const auto* conv = n->attributes_of<conv_spec>();
        const auto* gemm = n->attributes_of<gemm_spec>();
        if (conv && conv->epilogue.empty() && n->operands().size() <= 3) {
            become_convolution(g, zeros, *n, {.window = conv->window, .group = conv->group}, 0);
        }
        if (gemm && gemm->epilogue.empty() && n->operands().size() <= 3 && gemm->alpha == 1 && gemm->beta == 1 &&
            !gemm->transpose_a) {
            become_convolution(g, zeros, *n, {}, gemm->transpose_b ? 0 : 1);
        }
    }
}

void quantize_pools(graph& g)
{
    for (const auto& n : g.nodes()) {
        const auto* pool = n->attributes_of<average_pool_spec>();
        const node* from = n->operands().empty() ? nullptr : n->operand(0)->producer();
        const auto q = pool && is_dequantize(from) ? quantization_of(from) : std::nullopt;
        if (!q || q->type != element::uint8 || !is_image(n->operand(0)->type)) {
            continue;
        }
        quantized_average_pool_attributes a{
            .pool = *pool, .zero_point = q->zero_point, .scale = static_cast<double>(q->scale), .to = element::float32};
        n->become<quantized_average_pool_spec>(a, {integers_of(*from)});
    }
}

}  // namespace cameo::generator
