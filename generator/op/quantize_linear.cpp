// Imports QuantizeLinear, DequantizeLinear and DynamicQuantizeLinear; those of com.microsoft are alike.
#include "import/element_code.hpp"
#include "import/operator_table.hpp"
#include "model/model.hpp"
#include "op/composition.hpp"
#include "op/microsoft_domain.hpp"
#include <cameo/op/cast.hpp>
#include <cameo/op/dequantize_linear.hpp>
#include <cameo/op/elementwise.hpp>
#include <cameo/op/quantize_linear.hpp>
#include <cameo/op/reduce.hpp>

namespace cameo::generator {

namespace {

/// Reads the axis of the scales. A single scale serves all elements, whatever the axis.
scale_attributes import_scales(const source_node& n)
{
    const dim block_size = n.integer("block_size", 0), axis = n.integer("axis", 1);
    if (block_size < 0) {
        throw unsupported("attribute 'block_size' must not be negative");
    }
    if (n.type(1).shape.count() == 1 && block_size == 0) {
        return {};
    }
    return {n.axis(axis, n.type(0).shape.rank), block_size};
}

/// Reads an attribute that names a type of floats; none if it is absent.
element float_type(const source_node& n, std::string_view name)
{
    const int code = element_code(n, name, element::none);
    if (code != 0 && !is_floating(n.element_for(code))) {
        throw unsupported("attribute '{}' is {}, which is no type of floats", name, element_type_name(code));
    }
    return n.element_for(code);
}

void import_quantize(source_node& n)
{
    const element precision = float_type(n, "precision");
    quantize_linear_attributes a{.of = import_scales(n), .saturate = n.integer("saturate", 1) != 0};
    const int code = element_code(n, "output_dtype", element::none);
    if (code != 0) {
        a.to = n.element_for(code);
    }
    if (a.to == element::none) {
        throw unsupported("quantizes to {}, which is not supported", element_type_name(code));
    }
    if (n.operand(2)) {
        a.to = n.type(2).element;
    }
    value *x = n.required_operand(0), *scale = n.required_operand(1);
    const element in = precision != element::none     ? precision
                       : is_floating(x->type.element) ? scale->type.element
                                                      : element::float32;
    n.become<quantize_linear_spec>(a, {cast(n, x, computed_in(in)), cast(n, scale, computed_in(in)), n.operand(2)});
}

void import_dequantize(source_node& n)
{
    const element wanted = float_type(n, "output_dtype");
    value *x = n.required_operand(0), *scale = n.required_operand(1);
    const element to = wanted == element::none ? scale->type.element : wanted;
    value* y =
        n.add<dequantize_linear_spec>({import_scales(n)}, {x, cast(n, scale, element::float32), n.operand(2)})[0];
    n.set_result(0, cast(n, y, to));
}

void import_dynamic_quantize(source_node& n)
{
    const auto [y, scale, zero] = dynamically_quantized(n, n.required_operand(0));
    n.set_results({y, scale, zero});
}

}  // namespace

value* dequantized(source_node& n, value* x, value* scale, value* zero_point, int axis)
{
    const scale_attributes of = scale->type.shape.count() == 1 ? scale_attributes{} : scale_attributes{.axis = axis};
    return n.add<dequantize_linear_spec>({of}, {x, scale, zero_point})[0];
}

value* dequantized_operand(source_node& n, std::size_t k, int axis)
{
    return dequantized(n, n.required_operand(k), n.required_operand(k + 1), n.operand(k + 2), axis);
}

value* quantized(source_node& n, value* y, value* scale, value* zero_point, element otherwise)
{
    if (scale->type.shape.count() != 1) {
        throw unsupported("the result's scale must be one number, found {}", to_string(scale->type));
    }
    const element to = zero_point ? zero_point->type.element : otherwise;
    return n.add<quantize_linear_spec>({.to = to}, {y, scale, zero_point})[0];
}

void become_quantized(source_node& n, value* y, std::size_t k)
{
    n.set_result(0, quantized(n, y, n.required_operand(k), n.operand(k + 1), n.type(0).element));
}

/// The scale is (max - min) / 255, with min at most 0 and max at least 0; the zero point is -min / scale.
std::array<value*, 3> dynamically_quantized(source_node& n, value* x)
{
    const auto bound = [&](reduction r) {
        reduce_attributes all{.keepdims = false};
        all.reduction = r;
        for (int axis = 0; axis < x->type.shape.rank; ++axis) {
            all.axes.append(axis);
        }
        return n.add<reduce_spec>(all, {x})[0];
    };
    value *low = bound(reduction::min), *high = bound(reduction::max);
    value* scale = n.compute(div(sub(max(operand<1>, 0), min(operand<0>, 0)), 255), {low, high});
    value* zero = n.compute(clip(round(div(neg(min(operand<0>, 0)), operand<1>)), 0, 255), {low, scale});
    zero = n.add<cast_spec>({element::uint8}, {zero})[0];
    return {n.add<quantize_linear_spec>({}, {x, scale, zero})[0], scale, zero};
}

void add_quantize_linear(operator_table& table)
{
    table.add<quantize_linear_spec>("QuantizeLinear", {10, 13, 19, 21, 23, 24, 25, 28}, import_quantize);
    table.add<dequantize_linear_spec>("DequantizeLinear", {10, 13, 19, 21, 23, 24, 25, 28}, import_dequantize);
    // onnxruntime's quantizer writes these for types that an old opset lacks.
    table.add_of_domain<quantize_linear_spec>(microsoft_domain, "QuantizeLinear", {1}, import_quantize);
    table.add_of_domain<dequantize_linear_spec>(microsoft_domain, "DequantizeLinear", {1}, import_dequantize);
    table.add<quantize_linear_spec, reduce_spec, elementwise_spec>(
        "DynamicQuantizeLinear", {11}, import_dynamic_quantize);
}

}  // namespace cameo::generator
