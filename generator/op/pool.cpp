// Imports MaxPool, AveragePool, LpPool and their Global variants, whose window is the whole input; averages of bytes.
#include "import/operator_table.hpp"
#include "import/window.hpp"
#include "op/composition.hpp"
#include "op/microsoft_domain.hpp"
#include <cameo/op/average_pool.hpp>
#include <cameo/op/dequantize_linear.hpp>
#include <cameo/op/lp_pool.hpp>
#include <cameo/op/max_pool.hpp>
#include <cameo/op/quantize_linear.hpp>

namespace cameo::generator {

namespace {

window whole_input(const source_node& n)
{
    window w;
    w.kernel_shape = spatial(n.type(0).shape);
    return w;
}

/// Makes the node a pool, whose window slides over operand 0.
template <class Spec>
void become_pool(source_node& n, const typename Spec::attributes& a)
{
    n.become<Spec>(with_settled_window(n, Spec{a, n.type(0)}), {n.required_operand(0)});
}

void import_max_pool(source_node& n)
{
    become_pool<max_pool_spec>(
        n, {.window = import_pool_window(n), .column_major = n.integer("storage_order", 0) != 0});
}

/// Returns the order in which onnxruntime sums a window of this operator.
tap_order order_of_taps(const source_node& n, const window& w)
{
    const shape& kernel = w.kernel_shape;
    if (n.opset() >= 19 || kernel.rank == 0) {
        return tap_order::by_rows;
    }
    const bool padded = w.pads_begin != shape{} || w.pads_end != shape{} || !w.is_settled();
    if (!padded && kernel == spatial(n.type(0).shape)) {
        return tap_order::by_fours;
    }
    return kernel.rank > 1 && w.stride(kernel.rank - 1) <= 2 ? tap_order::by_columns : tap_order::by_rows;
}

void import_average_pool(source_node& n)
{
    const window w = import_pool_window(n);
    const window settled = w.settled(spatial(n.type(0).shape), w.kernel_shape);
    become_pool<average_pool_spec>(n, {.window = w,
                                          .count_include_pad = n.integer("count_include_pad", 0) != 0,
                                          .order = order_of_taps(n, n.for_any_size() ? w : settled)});
}

/// Reads p, a float in opset 1.
dim norm(const source_node& n)
{
    if (n.opset() >= 2) {
        return n.integer("p", 2);
    }
    const double p = n.number("p", 2);
    if (p != 1 && p != 2) {
        throw unsupported("attribute 'p' must be 1 or 2, found {}", p);
    }
    return static_cast<dim>(p);
}

void import_lp_pool(source_node& n) { become_pool<lp_pool_spec>(n, {.window = import_pool_window(n), .p = norm(n)}); }

void import_global_max_pool(source_node& n)
{
    n.become<max_pool_spec>({.window = whole_input(n)}, {n.required_operand(0)});
}
void import_global_average_pool(source_node& n)
{
    n.become<average_pool_spec>({.window = whole_input(n), .order = tap_order::by_fours}, {n.required_operand(0)});
}
void import_global_lp_pool(source_node& n)
{
    n.become<lp_pool_spec>({.window = whole_input(n), .p = norm(n)}, {n.required_operand(0)});
}

/// Imports a pool of averages of bytes: of windows, or, if `Whole`, of the whole input.
template <bool Whole>
void import_qlinear_average_pool(source_node& n)
{
    refuse_channels_last(n);
    const window w = Whole ? whole_input(n) : import_pool_window(n);
    const average_pool_attributes a{.window = w, .count_include_pad = !Whole && n.integer("count_include_pad", 0) != 0};
    value* x = dequantized_operand(n, 0);
    value* y = n.add<average_pool_spec>(with_settled_window(n, average_pool_spec{a, x->type}), {x})[0];
    become_quantized(n, y, 3);
}

}  // namespace

void add_pool(operator_table& table)
{
    table.add<max_pool_spec>("MaxPool", {1, 8, 10, 11, 12, 22}, import_max_pool);
    table.add<average_pool_spec>("AveragePool", {1, 7, 10, 11, 19, 22}, import_average_pool);
    table.add<lp_pool_spec>("LpPool", {1, 2, 11, 18, 22}, import_lp_pool);
    table.add<max_pool_spec>("GlobalMaxPool", {1, 22}, import_global_max_pool);
    table.add<average_pool_spec>("GlobalAveragePool", {1, 22}, import_global_average_pool);
    table.add<lp_pool_spec>("GlobalLpPool", {1, 2, 22}, import_global_lp_pool);
    table.add_of_domain<byte_elements, average_pool_spec, quantize_linear_spec, dequantize_linear_spec>(
        microsoft_domain, "QLinearAveragePool", {1}, import_qlinear_average_pool<false>, "channels before space");
    table.add_of_domain<byte_elements, average_pool_spec, quantize_linear_spec, dequantize_linear_spec>(
        microsoft_domain, "QLinearGlobalAveragePool", {1}, import_qlinear_average_pool<true>, "channels before space");
}

}  // namespace cameo::generator
