// Imports MatMulInteger and ConvInteger exactly, and QLinearMatMul and QLinearConv as a float layer between
// DequantizeLinear and QuantizeLinear, which passes turn into integer layers where they can.
#include "import/operator_table.hpp"
#include "import/window.hpp"
#include "op/composition.hpp"
#include "op/conv.hpp"
#include <algorithm>
#include <cameo/op/conv.hpp>
#include <cameo/op/dequantize_linear.hpp>
#include <cameo/op/elementwise.hpp>
#include <cameo/op/gemm.hpp>
#include <cameo/op/matmul.hpp>
#include <cameo/op/quantize_linear.hpp>

namespace cameo::generator {

namespace {

using quantized_elements = type_list<std::uint8_t, std::int8_t>;

/// Subtracts the zero point from operand k, in a type that represents the difference. A list of zero points lies along
/// `axis` of the operand.
value* centered(source_node& n, std::size_t k, std::size_t zero_point, element type, int axis)
{
    value *x = n.required_operand(k), *zero = n.operand(zero_point);
    if (x->type.element != element::uint8 && x->type.element != element::int8) {
        throw unsupported("operand {} must be uint8 or int8, found {}", k, to_string(x->type));
    }
    if (!zero) {
        return cast(n, x, type);
    }
    const shape& of = x->type.shape;
    if (zero->type.element != x->type.element) {
        throw unsupported("zero points must be of the type of operand {}, found {}", k, to_string(zero->type));
    }
    shape along;
    for (int i = 0; i < of.rank; ++i) {
        along.append(i == axis ? of[i] : 1);
    }
    if (zero->type.shape.count() == 1) {
        zero = n.reshaped(zero, {});
    } else if (zero->type.shape.rank == 1 && axis >= 0 && zero->type.shape.count() == along.count()) {
        zero = n.reshaped(zero, along);
    } else {
        throw unsupported("zero points must be one number or one for each place along an axis, found {} for {}",
            to_string(zero->type), to_string(x->type));
    }
    return n.compute(sub(operand<0>, operand<1>), {cast(n, x, type), cast(n, zero, type)});
}

/// Imports MatMulInteger as products on float32, which has fast kernels. Each takes as many pairs of bytes as it sums
/// exactly; these sums are added in int32.
void import_matmul_integer(source_node& n)
{
    constexpr dim exact = (dim{1} << 24) / (dim{255} * 255);
    value *a = centered(n, 0, 2, element::float32, n.type(0).shape.rank - 2),
          *b = centered(n, 1, 3, element::float32, n.type(1).shape.rank - 1);
    const int columns = a->type.shape.rank - 1, rows = std::max(b->type.shape.rank - 2, 0);
    if (columns < 0 || b->type.shape.rank == 0 || a->type.shape[columns] != b->type.shape[rows]) {
        throw unsupported("matrices of {} and {} do not fit together", to_string(n.type(0)), to_string(n.type(1)));
    }
    const dim inner = a->type.shape[columns];
    value* sum = nullptr;
    for (dim first = 0; first < inner || !sum; first += exact) {
        const dim last = std::min(first + exact, inner);
        value* part =
            cast(n, product(n, sliced(n, a, columns, first, last), sliced(n, b, rows, first, last)), element::int32);
        sum = sum ? n.compute(add(operand<0>, operand<1>), {sum, part}) : part;
    }
    n.set_result(0, sum);
}

value* convolution(source_node& n, value* x, value* w, value* bias)
{
    return n.add<conv_spec>(import_convolution(n, x->type.shape, w->type.shape), {x, w, bias})[0];
}

/// Imports ConvInteger on float64, where all sums of products of two bytes are exact; on float32, Winograd's transforms
/// would round them. The result passes through int64, so that a sum beyond int32 wraps.
void import_conv_integer(source_node& n)
{
    value* sums =
        convolution(n, centered(n, 0, 2, element::float64, -1), centered(n, 1, 3, element::float64, 0), nullptr);
    const bool fits = n.type(1).shape.count(1, n.type(1).shape.rank) < (dim{1} << 31) / (dim{255} * 255);
    n.set_result(0, cast(n, fits ? sums : cast(n, sums, element::int64), element::int32));
}

/// Dequantizes x to floats; a list of scales lies along `axis`.
value* dequantized(source_node& n, value* x, value* scale, value* zero_point, int axis)
{
    const scale_attributes of = scale->type.shape.count() == 1 ? scale_attributes{} : scale_attributes{.axis = axis};
    return n.add<dequantize_linear_spec>({of}, {x, scale, zero_point})[0];
}

/// Dequantizes operand k by the scale and zero point that follow it.
value* dequantized(source_node& n, std::size_t k, int axis)
{
    return dequantized(n, n.required_operand(k), n.required_operand(k + 1), n.required_operand(k + 2), axis);
}

/// Quantizes y by operands 6 and 7, and makes it the result.
void become_quantized(source_node& n, value* y)
{
    if (n.type(6).shape.count() != 1) {
        throw unsupported("the result's scale must be one number, found {}", to_string(n.type(6)));
    }
    n.set_result(0,
        n.add<quantize_linear_spec>({.to = n.type(7).element}, {y, n.required_operand(6), n.required_operand(7)})[0]);
}

void import_qlinear_matmul(source_node& n)
{
    become_quantized(
        n, product(n, dequantized(n, 0, n.type(0).shape.rank - 2), dequantized(n, 3, n.type(3).shape.rank - 1)));
}

/// Imports QLinearConv. Its bias has the product of the other scales, and no zero point.
void import_qlinear_conv(source_node& n)
{
    value* bias = n.operand(8);
    if (bias) {
        bias = dequantized(n, bias,
            n.compute(mul(operand<0>, operand<1>), {n.reshaped(n.required_operand(1), {}), n.required_operand(4)}),
            nullptr, 0);
    }
    become_quantized(n, convolution(n, dequantized(n, 0, -1), dequantized(n, 3, 0), bias));
}

}  // namespace

void add_integer_products(operator_table& table)
{
    table.add<quantized_elements, gemm_spec, matmul_spec>("MatMulInteger", {10}, import_matmul_integer);
    table.add<quantized_elements, conv_spec>("ConvInteger", {10}, import_conv_integer);
    table.add<quantized_elements, quantize_linear_spec, dequantize_linear_spec, gemm_spec, matmul_spec>(
        "QLinearMatMul", {10, 21}, import_qlinear_matmul, "one scale for the result");
    table.add<quantized_elements, quantize_linear_spec, dequantize_linear_spec, conv_spec>(
        "QLinearConv", {10}, import_qlinear_conv, "one scale for the result");
}

}  // namespace cameo::generator
