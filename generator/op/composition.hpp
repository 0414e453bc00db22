// Builds operators that are compositions of others, value by value. Each function is defined in the file of the
// operator that it is named for.
#pragma once
#include "import/source_node.hpp"
#include <cameo/op/gemm.hpp>
#include <cameo/op/reduction.hpp>

namespace cameo::generator {

/// Adds a Cast; returns the value itself if it has the type.
value* cast(source_node& n, value* v, element to);
/// Adds a MatMul; a product with a single matrix on the right becomes a Gemm of all rows.
value* product(source_node& n, value* a, value* b);
/// Adds a Gemm of all rows of `a`, whatever its axes, by one matrix, and of an addend, which may be null.
value* times_matrix(source_node& n, value* a, value* b, const gemm_attributes& how = {}, value* c = nullptr);
/// Refuses two matrices of different element types: Gemm takes them only where a pass stores weights in fewer bits.
void require_one_element_type(const tensor_type& a, const tensor_type& b);
/// Adds a Slice of elements [start, end) along an axis; returns the value itself if that is all of it.
value* sliced(source_node& n, value* v, int axis, dim start, dim end);
/// Refuses parts that do not make up an extent.
void require_parts(const std::vector<dim>& parts, dim extent);
/// Adds a Transpose, or a reshape if no element moves.
value* transposed(source_node& n, value* v, const shape& permutation);
/// Adds a Concat of any number of parts along an axis.
value* concatenated(source_node& n, int axis, std::vector<value*> parts);
/// Adds two values, of which either may be null: the other is the sum.
value* sum(source_node& n, value* a, value* b);
/// Writes an update over places along an axis of a value; `places` broadcasts to the update.
value* written(source_node& n, value* into, int axis, value* places, value* update);
/// Adds a Where.
value* chosen(source_node& n, value* condition, value* x, value* y);
/// Adds a reduction over axes in ascending order, which keep an extent of 1.
value* reduced(source_node& n, reduction r, value* v, const shape& axes);
/// What quantized operators take.
using byte_elements = type_list<std::uint8_t, std::int8_t>;
/// Adds a DequantizeLinear; several scales lie along `axis`.
value* dequantized(source_node& n, value* x, value* scale, value* zero_point, int axis = -1);
/// Dequantizes operand k by the scale and the zero point behind it, which may be absent.
value* dequantized_operand(source_node& n, std::size_t k, int axis = -1);
/// Adds a QuantizeLinear by one scale, to the zero point's type, or to `otherwise` without one.
value* quantized(source_node& n, value* y, value* scale, value* zero_point, element otherwise);
/// Quantizes y by the scale that is operand k and the zero point behind it, or to the type of operand 0 without one,
/// and makes it the result.
void become_quantized(source_node& n, value* y, std::size_t k);
/// Adds a DynamicQuantizeLinear: the bytes, their scale and their zero point.
std::array<value*, 3> dynamically_quantized(source_node& n, value* x);
/// Adds a MatMulInteger: exact products of bytes, from which zero points are subtracted; these may be null.
value* integer_product(source_node& n, value* a, value* b, value* zero_point_of_a, value* zero_point_of_b);
/// Adds a constant of consecutive int64 numbers from `first` on, in this shape.
value* counted(source_node& n, dim first, const shape& s);
/// Adds a constant of one number of an element type.
value* constant_number(source_node& n, element type, double number);
/// Makes a tensor of as many numbers, double or dim, as it has elements, converted to their type.
template <class Number>
tensor tensor_of(const source_node& n, const tensor_type& type, const std::vector<Number>& numbers);
/// Makes such a tensor of one axis.
template <class Number>
tensor list_of(const source_node& n, element type, const std::vector<Number>& numbers)
{
    return tensor_of(n, {type, {std::ssize(numbers)}}, numbers);
}
/// Adds a constant of one axis.
template <class Number>
value* constant_list(source_node& n, element type, const std::vector<Number>& numbers)
{
    return n.add_constant(list_of(n, type, numbers));
}

}  // namespace cameo::generator
