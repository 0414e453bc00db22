// Reads and writes attributes of NodeProto, with defaults for those that are absent.
#include "simplify/attributes.hpp"
#include "model/model.hpp"

namespace cameo::generator {

bool is_standard(const onnx::NodeProto& n) { return is_standard_domain(n.domain()); }

bool is(const onnx::NodeProto& n, std::string_view operator_type)
{
    return n.op_type() == operator_type && is_standard(n);
}

const onnx::AttributeProto* find_attribute(const onnx::NodeProto& n, std::string_view name)
{
    for (const auto& a : n.attribute()) {
        if (a.name() == name) {
            return &a;
        }
    }
    return nullptr;
}

dim integer_attribute(const onnx::NodeProto& n, std::string_view name, dim otherwise)
{
    const auto* a = find_attribute(n, name);
    return a ? a->i() : otherwise;
}

float number_attribute(const onnx::NodeProto& n, std::string_view name, float otherwise)
{
    const auto* a = find_attribute(n, name);
    return a ? a->f() : otherwise;
}

std::string text_attribute(const onnx::NodeProto& n, std::string_view name, std::string_view otherwise)
{
    const auto* a = find_attribute(n, name);
    return a ? a->s() : std::string(otherwise);
}

std::vector<dim> integers_attribute(const onnx::NodeProto& n, std::string_view name, std::vector<dim> otherwise)
{
    const auto* a = find_attribute(n, name);
    return a ? std::vector<dim>(a->ints().begin(), a->ints().end()) : std::move(otherwise);
}

void erase_attribute(onnx::NodeProto& n, std::string_view name)
{
    for (int k = n.attribute_size() - 1; k >= 0; --k) {
        if (n.attribute(k).name() == name) {
            n.mutable_attribute()->DeleteSubrange(k, 1);
        }
    }
}

namespace {

onnx::AttributeProto& new_attribute(onnx::NodeProto& n, std::string_view name, onnx::AttributeProto::AttributeType type)
{
    erase_attribute(n, name);
    auto& a = *n.add_attribute();
    a.set_name(std::string(name));
    a.set_type(type);
    return a;
}

}  // namespace

void set_attribute(onnx::NodeProto& n, std::string_view name, dim value)
{
    new_attribute(n, name, onnx::AttributeProto::INT).set_i(value);
}

void set_attribute(onnx::NodeProto& n, std::string_view name, const std::vector<dim>& values)
{
    auto& a = new_attribute(n, name, onnx::AttributeProto::INTS);
    a.mutable_ints()->Assign(values.begin(), values.end());
}

const std::string& input_of(const onnx::NodeProto& n, int k)
{
    static const std::string none;
    return k < n.input_size() ? n.input(k) : none;
}

}  // namespace cameo::generator
