// Imports com.microsoft's operators on quantized tensors, as float layers between DequantizeLinear and QuantizeLinear,
// which passes turn into integer layers where they can.
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include "op/microsoft_domain.hpp"
#include <cameo/op/concat.hpp>
#include <cameo/op/dequantize_linear.hpp>
#include <cameo/op/elementwise.hpp>
#include <cameo/op/quantize_linear.hpp>
#include <cameo/op/softmax.hpp>
#include <cameo/op/where.hpp>

namespace cameo::generator {

namespace {

/// Dequantizes an operand that has one scale.
value* operand_of(source_node& n, std::size_t k)
{
    if (n.type(k + 1).shape.count() != 1) {
        throw unsupported("operand {} must be one scale, found {}", k + 1, to_string(n.type(k + 1)));
    }
    return dequantized_operand(n, k);
}

template <const auto& Function>
void import_qlinear_of_two(source_node& n)
{
    become_quantized(n, n.compute(Function(operand<0>, operand<1>), {operand_of(n, 0), operand_of(n, 3)}), 6);
}

void import_qlinear_sigmoid(source_node& n)
{
    become_quantized(n, n.compute(sigmoid(operand<0>), {operand_of(n, 0)}), 3);
}

void import_qlinear_leaky_relu(source_node& n)
{
    const double alpha = n.number("alpha", static_cast<double>(0.01F));
    become_quantized(n, n.compute(leaky_relu(operand<0>, alpha), {operand_of(n, 0)}), 3);
}

/// Imports QLinearSoftmax, over one axis, or, if attribute opset is below 13, over all axes from that one on.
void import_qlinear_softmax(source_node& n)
{
    const int rank = n.type(0).shape.rank;
    const bool to_the_end = n.integer("opset", 13) < 13;
    const int axis = n.axis(n.integer("axis", -1), rank);
    const softmax_attributes a{.first = axis, .last = to_the_end ? rank : axis + 1};
    become_quantized(n, n.add<softmax_spec>(a, {operand_of(n, 0)})[0], 3);
}

/// Imports QLinearConcat: the result's scale and zero point, then each part with its own.
void import_qlinear_concat(source_node& n)
{
    if (n.operand_count() < 5 || n.operand_count() % 3 != 2) {
        throw unsupported(
            "takes a scale and a zero point, then three operands for each part, found {}", n.operand_count());
    }
    std::vector<value*> parts;
    for (std::size_t k = 2; k < n.operand_count(); k += 3) {
        parts.push_back(operand_of(n, k));
    }
    value* y = concatenated(n, n.axis(n.integer("axis", 0), parts[0]->type.shape.rank), parts);
    n.set_result(0, quantized(n, y, n.required_operand(0), n.required_operand(1), element::none));
}

void import_qlinear_where(source_node& n)
{
    value* y = chosen(n, n.required_operand(0), operand_of(n, 1), operand_of(n, 4));
    n.set_result(0, quantized(n, y, n.required_operand(7), n.required_operand(8), element::none));
}

}  // namespace

void add_qlinear(operator_table& table)
{
    const auto add = [&]<class... Layer>(const char* name, import_function import, type_list<Layer...>) {
        table.add_of_domain<byte_elements, Layer..., quantize_linear_spec, dequantize_linear_spec>(
            microsoft_domain, name, {1}, std::move(import), "one scale for each operand and for the result");
    };
    add("QLinearAdd", import_qlinear_of_two<cameo::add>, type_list<functions::add>{});
    add("QLinearMul", import_qlinear_of_two<mul>, type_list<functions::mul>{});
    add("QLinearSigmoid", import_qlinear_sigmoid, type_list<functions::sigmoid>{});
    add("QLinearLeakyRelu", import_qlinear_leaky_relu, type_list<functions::leaky_relu>{});
    add("QLinearSoftmax", import_qlinear_softmax, type_list<softmax_spec>{});
    add("QLinearConcat", import_qlinear_concat, type_list<concat_spec>{});
    table.add_of_domain<type_list<bool>, where_spec, quantize_linear_spec, dequantize_linear_spec>(
        microsoft_domain, "QLinearWhere", {1}, import_qlinear_where, "one scale for each operand and for the result");
}

}  // namespace cameo::generator
