// Imports QLinearMatMul, QLinearConv and com.microsoft's QGemm as a float layer between DequantizeLinear and
// QuantizeLinear, which passes turn into integer layers where they can.
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include "op/conv.hpp"
#include "op/microsoft_domain.hpp"
#include <cameo/op/conv.hpp>
#include <cameo/op/dequantize_linear.hpp>
#include <cameo/op/elementwise.hpp>
#include <cameo/op/gemm.hpp>
#include <cameo/op/matmul.hpp>
#include <cameo/op/quantize_linear.hpp>

namespace cameo::generator {

namespace {

/// Dequantizes operand k by the scale and zero point that follow it.
value* operand_of(source_node& n, std::size_t k, int axis)
{
    return dequantized(n, n.required_operand(k), n.required_operand(k + 1), n.required_operand(k + 2), axis);
}

/// Quantizes y by operands 6 and 7, and makes it the result.
void become_quantized(source_node& n, value* y)
{
    n.set_result(0, quantized(n, y, n.required_operand(6), n.required_operand(7), element::none));
}

/// Dequantizes a bias, which has the product of the scales of operands 0 and 3, and no zero point.
value* dequantized_bias(source_node& n, value* bias, double alpha, int axis)
{
    value* scale = n.compute(
        mul(mul(operand<0>, operand<1>), alpha), {n.reshaped(n.required_operand(1), {}), n.required_operand(4)});
    return dequantized(n, bias, scale, nullptr, axis);
}

void import_qlinear_matmul(source_node& n)
{
    become_quantized(
        n, product(n, operand_of(n, 0, n.type(0).shape.rank - 2), operand_of(n, 3, n.type(3).shape.rank - 1)));
}

void import_qlinear_conv(source_node& n)
{
    if (n.integer("channels_last", 0) != 0) {
        throw unsupported("attribute 'channels_last' must be 0: optimize the file at level extended or below");
    }
    value* bias = n.operand(8) ? dequantized_bias(n, n.operand(8), 1, 0) : nullptr;
    value *x = operand_of(n, 0, -1), *w = operand_of(n, 3, 0);
    become_quantized(n, n.add<conv_spec>(import_convolution(n, x->type.shape, w->type.shape), {x, w, bias})[0]);
}

/// Imports QGemm, whose result is float without a scale.
void import_qgemm(source_node& n)
{
    gemm_attributes a;
    a.alpha = n.number("alpha", 1);
    a.transpose_a = n.integer("transA", 0) != 0;
    a.transpose_b = n.integer("transB", 0) != 0;
    value* bias = n.operand(6);
    if (bias) {
        bias = dequantized_bias(n, bias, a.alpha, bias->type.shape.rank - 1);
    }
    value* y = n.add<gemm_spec>(a, {operand_of(n, 0, -1), operand_of(n, 3, a.transpose_b ? 0 : 1), bias})[0];
    n.set_result(0, n.operand(7) ? quantized(n, y, n.operand(7), n.operand(8), n.type(0).element) : y);
}

using quantized_elements = type_list<std::uint8_t, std::int8_t>;

}  // namespace

void add_qlinear_products(operator_table& table)
{
    table.add<quantized_elements, quantize_linear_spec, dequantize_linear_spec, gemm_spec, matmul_spec>(
        "QLinearMatMul", {10, 21}, import_qlinear_matmul, "one scale for the result");
    table.add<quantized_elements, quantize_linear_spec, dequantize_linear_spec, conv_spec>(
        "QLinearConv", {10}, import_qlinear_conv, "one scale for the result");
    table.add_of_domain<quantized_elements, quantize_linear_spec, dequantize_linear_spec, conv_spec>(
        microsoft_domain, "QLinearConv", {1}, import_qlinear_conv, "one scale for the result; channels before space");
    table.add_of_domain<quantized_elements, quantize_linear_spec, dequantize_linear_spec, gemm_spec>(
        microsoft_domain, "QGemm", {1}, import_qgemm, "one scale for the result");
}

}  // namespace cameo::generator
