// Builds operators that are compositions of others, value by value. Each function is defined in the file of the
// operator that it is named for.
#pragma once
#include "import/source_node.hpp"
#include <cameo/op/reduction.hpp>

namespace cameo::generator {

/// Cast; the value itself where it has the type.
value* cast(source_node& n, value* v, element to);
/// MatMul; a product with a single matrix on the right becomes a Gemm of all rows.
value* product(source_node& n, value* a, value* b);
/// Slice: elements [start, end) along an axis; the value itself where that is all.
value* sliced(source_node& n, value* v, int axis, dim start, dim end);
/// Transpose: a reshape where no element moves.
value* transposed(source_node& n, value* v, const shape& permutation);
/// Concat of all parts along an axis, however many.
value* concatenated(source_node& n, int axis, std::vector<value*> parts);
/// Where.
value* chosen(source_node& n, value* condition, value* x, value* y);
/// The reduction over axes, ascending, which stay with an extent of 1.
value* reduced(source_node& n, reduction r, value* v, const shape& axes);
/// Range: int64 numbers from `first` on, in this shape.
value* counted(source_node& n, dim first, const shape& s);
/// Constant: one number of an element type.
value* constant_number(source_node& n, element type, double number);

}  // namespace cameo::generator
