// Imports MatMulInteger and ConvInteger, and com.microsoft's products of bytes that give floats; all sums are exact.
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include "op/conv.hpp"
#include "op/microsoft_domain.hpp"
#include <algorithm>
#include <cameo/op/conv.hpp>
#include <cameo/op/elementwise.hpp>
#include <cameo/op/gemm.hpp>
#include <cameo/op/matmul.hpp>
#include <cameo/op/quantize_linear.hpp>
#include <cameo/op/reduce.hpp>

namespace cameo::generator {

namespace {

/// Subtracts the zero point from x, in a type that represents the difference. A list of zero points lies along `axis`.
value* centered(source_node& n, value* x, value* zero, element type, int axis)
{
    if (x->type.element != element::uint8 && x->type.element != element::int8) {
        throw unsupported("operands must be uint8 or int8, found {}", to_string(x->type));
    }
    if (!zero) {
        return cast(n, x, type);
    }
    const shape& of = x->type.shape;
    if (zero->type.element != x->type.element) {
        throw unsupported(
            "zero points must be of their operand's type, found {} for {}", to_string(zero->type), to_string(x->type));
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

/// Imports ConvInteger on float64, where all sums of products of two bytes are exact; on float32, Winograd's transforms
/// would round them. The result passes through int64, so that a sum beyond int32 wraps.
void import_conv_integer(source_node& n)
{
    value *x = centered(n, n.required_operand(0), n.operand(2), element::float64, -1),
          *w = centered(n, n.required_operand(1), n.operand(3), element::float64, 0);
    value* sums = n.add<conv_spec>(import_convolution(n, x->type.shape, w->type.shape), {x, w, nullptr})[0];
    const bool fits = n.type(1).shape.count(1, n.type(1).shape.rank) < (dim{1} << 31) / (dim{255} * 255);
    n.set_result(0, cast(n, fits ? sums : cast(n, sums, element::int64), element::int32));
}

/// Scales the integer product of a and b, adds a bias, and makes that the result.
void become_scaled_product(source_node& n, value* product, value* scale_of_a, value* scale_of_b, value* bias)
{
    value* scale = n.compute(mul(operand<0>, operand<1>), {n.reshaped(scale_of_a, {}), scale_of_b});
    value* y = n.compute(mul(operand<0>, operand<1>), {cast(n, product, scale->type.element), scale});
    n.set_result(0, sum(n, y, bias));
}

void import_matmul_integer_to_float(source_node& n)
{
    value* y = integer_product(n, n.required_operand(0), n.required_operand(1), n.operand(4), n.operand(5));
    become_scaled_product(n, y, n.required_operand(2), n.required_operand(3), n.operand(6));
}

void import_dynamic_quantize_matmul(source_node& n)
{
    const auto [a, scale, zero] = dynamically_quantized(n, n.required_operand(0));
    value* y = integer_product(n, a, n.required_operand(1), zero, n.operand(3));
    become_scaled_product(n, y, scale, n.required_operand(2), n.operand(4));
}

}  // namespace

/// Multiplies in float32, which has fast kernels. Each product takes as many pairs of bytes as it sums exactly; these
/// sums are added in int32.
value* integer_product(source_node& n, value* a, value* b, value* zero_point_of_a, value* zero_point_of_b)
{
    constexpr dim exact = (dim{1} << 24) / (dim{255} * 255);
    const shape &of_a = a->type.shape, &of_b = b->type.shape;
    const int columns = of_a.rank - 1, rows = std::max(of_b.rank - 2, 0);
    if (columns < 0 || of_b.rank == 0 || of_a[columns] != of_b[rows]) {
        throw unsupported("matrices of {} and {} do not fit together", to_string(a->type), to_string(b->type));
    }
    a = centered(n, a, zero_point_of_a, element::float32, columns - 1);
    b = centered(n, b, zero_point_of_b, element::float32, b->type.shape.rank - 1);
    const dim inner = a->type.shape[columns];
    value* all = nullptr;
    for (dim first = 0; first < inner || !all; first += exact) {
        const dim last = std::min(first + exact, inner);
        value* part =
            cast(n, product(n, sliced(n, a, columns, first, last), sliced(n, b, rows, first, last)), element::int32);
        all = sum(n, all, part);
    }
    return all;
}

void add_integer_products(operator_table& table)
{
    table.add<byte_elements, gemm_spec, matmul_spec>("MatMulInteger", {10}, [](source_node& n) {
        n.set_result(0, integer_product(n, n.required_operand(0), n.required_operand(1), n.operand(2), n.operand(3)));
    });
    table.add<byte_elements, conv_spec>("ConvInteger", {10}, import_conv_integer);
    table.add_of_domain<byte_elements, gemm_spec, matmul_spec>(
        microsoft_domain, "MatMulIntegerToFloat", {1}, import_matmul_integer_to_float);
    table.add_of_domain<type_list<float>, quantize_linear_spec, reduce_spec, gemm_spec, matmul_spec>(
        microsoft_domain, "DynamicQuantizeMatMul", {1}, import_dynamic_quantize_matmul);
}

}  // namespace cameo::generator
