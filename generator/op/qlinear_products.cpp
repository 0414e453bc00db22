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

/// Dequantizes an operand that has a zero point.
value* operand_of(source_node& n, std::size_t k, int axis)
{
    n.required_operand(k + 2);
    return dequantized_operand(n, k, axis);
}

/// Quantizes the result, which has a zero point.
void become_result(source_node& n, value* y)
{
    n.required_operand(7);
    become_quantized(n, y, 6);
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
    become_result(
        n, product(n, operand_of(n, 0, n.type(0).shape.rank - 2), operand_of(n, 3, n.type(3).shape.rank - 1)));
}

void import_qlinear_conv(source_node& n)
{
    refuse_channels_last(n);
    value* bias = n.operand(8) ? dequantized_bias(n, n.operand(8), 1, 0) : nullptr;
    value *x = operand_of(n, 0, -1), *w = operand_of(n, 3, 0);
    become_result(n, n.add<conv_spec>(import_convolution(n, x->type.shape, w->type.shape), {x, w, bias})[0]);
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

}  // namespace

void add_qlinear_products(operator_table& table)
{
    table.add<byte_elements, quantize_linear_spec, dequantize_linear_spec, gemm_spec, matmul_spec>(
        "QLinearMatMul", {10, 21}, import_qlinear_matmul, "one scale for the result");
    table.add<byte_elements, quantize_linear_spec, dequantize_linear_spec, conv_spec>(
        "QLinearConv", {10}, import_qlinear_conv, "one scale for the result");
    table.add_of_domain<byte_elements, quantize_linear_spec, dequantize_linear_spec, conv_spec>(
        microsoft_domain, "QLinearConv", {1}, import_qlinear_conv, "one scale for the result; channels before space");
    table.add_of_domain<byte_elements, quantize_linear_spec, dequantize_linear_spec, gemm_spec>(
        microsoft_domain, "QGemm", {1}, import_qgemm, "one scale for the result");
}

}  // namespace cameo::generator
