// Constant → an initializer, whatever the element type.
#include "simplify/rewrites.hpp"

namespace cameo::generator {

namespace {

/// Returns the tensor that a Constant contains, of any element type; nothing for a sparse one.
std::optional<onnx::TensorProto> tensor_of(const onnx::NodeProto& n)
{
    onnx::TensorProto t;
    if (const auto* a = find_attribute(n, "value")) {
        t = a->t();
    } else if (const auto* strings = find_attribute(n, "value_strings")) {
        t.set_data_type(onnx::TensorProto::STRING);
        t.add_dims(strings->strings_size());
        *t.mutable_string_data() = strings->strings();
    } else if (const auto* string = find_attribute(n, "value_string")) {
        t.set_data_type(onnx::TensorProto::STRING);
        t.add_string_data(string->s());
    } else {
        return std::nullopt;  // numbers: fold-constants makes them initializers
    }
    return t;
}

bool lift(source_graph& g, onnx::NodeProto& n)
{
    auto data =
        is(n, "Constant") && n.output_size() == 1 && g.may_be_initializer(n.output(0)) ? tensor_of(n) : std::nullopt;
    if (!data) {
        return false;
    }
    data->set_name(n.output(0));
    g.remove(n);
    g.add_initializer(std::move(*data));
    return true;
}

}  // namespace

/// Replaces Constant nodes by initializers, including those with element types that cameo lacks.
bool lift_constants(source_graph& g) { return at_each_node<lift>(g); }

}  // namespace cameo::generator
