// Declares the steps that turn a graph with QuantizeLinear and DequantizeLinear into one with integer operators.
#pragma once
#include "graph/graph.hpp"
#include "passes/fuse.hpp"
#include <cameo/function/list.hpp>
#include <cameo/op/dequantize_linear.hpp>
#include <cameo/op/quantize_linear.hpp>
#include <optional>

namespace cameo::generator {

/// How the numbers of a tensor are stored: number = (stored - zero_point) scale.
struct quantization {
    float scale = 1;
    dim zero_point = 0;
    element type = element::uint8;
    friend bool operator==(const quantization&, const quantization&) = default;
};

/// Returns the quantization of a QuantizeLinear or DequantizeLinear of bytes that is constant and the same for the
/// whole tensor; nothing for other nodes.
std::optional<quantization> quantization_of(const node* n);
inline bool is_quantize(const node* n) { return n && n->attributes_of<quantize_linear_spec>(); }
inline bool is_dequantize(const node* n) { return n && n->attributes_of<dequantize_linear_spec>(); }

/// Expressions from stored numbers, as floats, to numbers; and back, without the rounding and saturation at the end: as
/// ONNX defines it, or faster and perhaps different where ties are rounded.
elementwise_expression dequantization(const quantization& q);
elementwise_expression quantization_by_product(const quantization& q);
elementwise_expression quantization_by_quotient(const quantization& q);

// The steps, in the order in which they run.
void store_unsigned(graph& g);     ///< int8 before DequantizeLinear becomes uint8, its zero point 128 more
void move_quantization(graph& g);  ///< what only moves numbers, or takes the largest, moves bytes
void quantize_convolutions(
    graph& g);  ///< DequantizeLinear, then Conv or Gemm: sums of products of bytes, their scales in float64
void quantize_pools(graph& g);           ///< DequantizeLinear, then AveragePool
void quantize_results(graph& g);         ///< QuantizeLinear becomes part of what makes its operand
void round_scales(graph& g);             ///< those of sums become float32, rounded once, when they are final
void add_quantized_residuals(graph& g);  ///< an elementwise layer becomes part of the convolution before it
void quantize_borders(
    graph& g);  ///< what is left of QuantizeLinear and DequantizeLinear, and tables for functions of one byte

}  // namespace cameo::generator
