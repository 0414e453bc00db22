#include "import/inputs.hpp"
#include "import/source_node.hpp"
#include <cameo/core/type_name.hpp>

namespace cameo::generator {

namespace {

std::string name_of(const std::string& input, int axis, const onnx::TensorShapeProto::Dimension& d)
{
    return d.dim_param().empty() ? fmt::format("{}_{}", input, axis) : d.dim_param();
}

bool is_streamed(const std::string& input, int axis, const onnx::TensorShapeProto::Dimension& d, const bindings& given)
{
    return given.streamed.contains(fmt::format("{}:{}", input, axis)) || (!d.dim_param().empty() && given.streamed.contains(d.dim_param()));
}

dim extent(const std::string& input, int axis, const onnx::TensorShapeProto::Dimension& d, const bindings& given)
{
    if (d.has_dim_value()) {
        if (d.dim_value() < 0) throw failure("input '{}': a negative extent", input);
        return d.dim_value();
    }
    if (const auto fixed = given.dims.find(name_of(input, axis, d)); fixed != given.dims.end()) return fixed->second;
    if (is_streamed(input, axis, d, given)) return given.streamed_length;
    throw failure("input '{0}': has a dynamic axis '{1}': fix it with --input-shape {0}:EXTENT,... or --dim {1}=EXTENT", input, name_of(input, axis, d));
}

/// "[1,1,time]".
std::string extents_of(const onnx::ValueInfoProto& v)
{
    const auto& dims = v.type().tensor_type().shape().dim();
    std::string text = "[";
    for (int axis = 0; axis < dims.size(); ++axis)
        text += (axis ? "," : "") + (dims[axis].has_dim_value() ? fmt::format("{}", dims[axis].dim_value()) : dims[axis].dim_param().empty() ? "?" : dims[axis].dim_param());
    return text + "]";
}

}  // namespace

void check_bound(const onnx::ValueInfoProto& v, const tensor_type& found)
{
    const auto& proto = v.type().tensor_type();
    bool agrees = !proto.elem_type() || to_element(proto.elem_type()) == found.element;
    if (proto.has_shape()) {
        agrees = agrees && proto.shape().dim_size() == found.shape.rank;
        for (int axis = 0; agrees && axis < found.shape.rank; ++axis)
            agrees = !proto.shape().dim(axis).has_dim_value() || proto.shape().dim(axis).dim_value() == found.shape[axis];
    }
    if (!agrees) throw failure("input '{}': is bound to {}, and the model says {}{}", v.name(), to_string(found), words(to_element(proto.elem_type())), extents_of(v));
}

tensor_type input_type(const onnx::ValueInfoProto& v, const bindings& given)
{
    if (!v.type().has_tensor_type()) throw failure("input '{}': is not a tensor, which is not supported", v.name());
    const auto& proto = v.type().tensor_type();
    tensor_type type{to_element(proto.elem_type()), {}};
    if (!type.present()) throw failure("input '{}': {} is not supported", v.name(), element_type_name(proto.elem_type()));
    if (const auto fixed = given.input_shapes.find(v.name()); fixed != given.input_shapes.end()) {
        type.shape = to_shape(fixed->second);
        return type;
    }
    if (!proto.has_shape()) throw failure("input '{}': has no shape: give one with --input-shape {}:1,3,224,224", v.name(), v.name());
    if (proto.shape().dim_size() > max_rank) throw failure("input '{}': rank {}, at most {} is supported", v.name(), proto.shape().dim_size(), max_rank);
    for (const auto& d : proto.shape().dim()) type.shape.append(extent(v.name(), type.shape.rank, d, given));
    if (!countable(type.shape)) throw failure("input '{}': {} is too large", v.name(), to_string(type));
    return type;
}

int streamed_axis(const onnx::ValueInfoProto& v, const bindings& given)
{
    const auto& dims = v.type().tensor_type().shape().dim();
    for (int axis = dims.size() - 1; axis >= 0; --axis)
        if (is_streamed(v.name(), axis, dims[axis], given)) return axis;
    return -1;
}

std::string described_inputs(const onnx::GraphProto& graph)
{
    std::string text;
    for (const auto& v : graph.input()) text += (text.empty() ? "" : ", ") + v.name() + extents_of(v);
    return text;
}

std::vector<open_axis> open_axes(const model& m, const bindings& b)
{
    std::set<std::string> given;
    for (const auto& t : m.proto.graph().initializer()) given.insert(t.name());
    for (const auto& [name, data] : b.constants) given.insert(name);
    for (const auto& [name, shape] : b.input_shapes) given.insert(name);
    std::vector<open_axis> open;
    for (const auto& v : m.proto.graph().input()) {
        if (given.contains(v.name())) continue;
        for (int axis = 0; axis < v.type().tensor_type().shape().dim_size(); ++axis) {
            const auto& d = v.type().tensor_type().shape().dim(axis);
            const std::string name = name_of(v.name(), axis, d);
            if (!d.has_dim_value() && !b.dims.contains(name)) open.push_back({name, v.name(), axis});
        }
    }
    return open;
}

}  // namespace cameo::generator
