// Determines the type of each input from the model file, --input-shape, --dim and --constant, and reports what does not
// fit.
#include "import/inputs.hpp"
#include "import/source_node.hpp"
#include "model/bodies.hpp"
#include "support/nearest.hpp"
#include <algorithm>
#include <cameo/core/type_name.hpp>

namespace cameo::generator {

namespace {

std::string name_of(const std::string& input, int axis, const onnx::TensorShapeProto::Dimension& d)
{
    return d.dim_param().empty() ? fmt::format("{}_{}", input, axis) : d.dim_param();
}

/// Tells whether the file leaves the extent open. Some exporters write -1 for that.
bool is_open(const onnx::TensorShapeProto::Dimension& d) { return !d.has_dim_value() || d.dim_value() < 0; }

bool is_streamed(const std::string& input, int axis, const onnx::TensorShapeProto::Dimension& d, const bindings& given)
{
    return given.streamed.contains(fmt::format("{}:{}", input, axis)) ||
           (!d.dim_param().empty() && given.streamed.contains(d.dim_param()));
}

dim extent(const std::string& input, int axis, const onnx::TensorShapeProto::Dimension& d, const bindings& given)
{
    if (!is_open(d)) {
        return d.dim_value();
    }
    if (const auto fixed = given.dims.find(name_of(input, axis, d)); fixed != given.dims.end()) {
        return fixed->second;
    }
    if (is_streamed(input, axis, d, given)) {
        return given.streamed_length;
    }
    throw failure("input '{0}': has a dynamic axis '{1}': fix it with --input-shape {0}:EXTENT,... or --dim {1}=EXTENT",
        input, name_of(input, axis, d));
}

/// Writes the extents of an input as text, such as "[1,1,time]".
std::string extents_of(const onnx::ValueInfoProto& v)
{
    const auto& dims = v.type().tensor_type().shape().dim();
    std::string text = "[";
    for (int axis = 0; axis < dims.size(); ++axis) {
        text += (axis ? "," : "") + (!is_open(dims[axis])                ? fmt::format("{}", dims[axis].dim_value())
                                        : dims[axis].dim_param().empty() ? "?"
                                                                         : dims[axis].dim_param());
    }
    return text + "]";
}

/// Throws failure if --input-shape contradicts --dim, or gives another number of axes than the file.
void check_shape(const onnx::ValueInfoProto& v, const std::vector<dim>& extents, const bindings& given)
{
    if (!v.type().tensor_type().has_shape()) {
        return;
    }
    const auto& dims = v.type().tensor_type().shape().dim();
    if (dims.size() != std::ssize(extents)) {
        throw failure("--input-shape: input '{}' is {}, with {} axes, found {}", v.name(), extents_of(v), dims.size(),
            extents.size());
    }
    for (int axis = 0; axis < dims.size(); ++axis) {
        const auto other = given.dims.find(name_of(v.name(), axis, dims[axis]));
        if (const dim found = extents[static_cast<std::size_t>(axis)];
            is_open(dims[axis]) && other != given.dims.end() && other->second != found) {
            throw failure("--dim {}={}: --input-shape says {} of this axis of input '{}'", other->first, other->second,
                found, v.name());
        }
    }
}

}  // namespace

budget budget_for(const model& m, const bindings& given)
{
    double bytes = 0, nodes = 0;
    for (const std::string& file : files_of(m)) {
        std::error_code unknown;  // of a pipe
        if (const auto size = std::filesystem::file_size(file, unknown); !unknown) {
            bytes += static_cast<double>(size);
        }
    }
    for (const auto& [name, data] : given.constants) {
        bytes += static_cast<double>(data.bytes.size());
    }
    const auto count = [&](const onnx::NodeProto&) { ++nodes; };
    each_node(m.proto.graph().node(), count);
    for (const auto& f : m.proto.functions()) {
        each_node(f.node(), count);
    }
    return {given.budget, bytes, nodes};
}

void check_bound(const onnx::ValueInfoProto& v, const tensor_type& found, float16_use float16)
{
    const auto& proto = v.type().tensor_type();
    bool agrees = !proto.elem_type() || element_for(proto.elem_type(), float16) == found.element;
    if (proto.has_shape()) {
        agrees = agrees && proto.shape().dim_size() == found.shape.rank;
        for (int axis = 0; agrees && axis < found.shape.rank; ++axis) {
            agrees = is_open(proto.shape().dim(axis)) || proto.shape().dim(axis).dim_value() == found.shape[axis];
        }
    }
    if (!agrees) {
        throw failure("input '{}': is bound to {}, and the model says {}{}", v.name(), to_string(found),
            words(element_for(proto.elem_type(), float16)), extents_of(v));
    }
}

tensor_type input_type(const onnx::ValueInfoProto& v, const bindings& given)
{
    if (!v.type().has_tensor_type()) {
        throw failure("input '{}': is not a tensor, which is not supported", v.name());
    }
    const auto& proto = v.type().tensor_type();
    tensor_type type{element_for(proto.elem_type(), given.float16), {}};
    if (!type.present()) {
        throw failure("input '{}': {} is not supported", v.name(), element_type_name(proto.elem_type()));
    }
    if (const auto fixed = given.input_shapes.find(v.name()); fixed != given.input_shapes.end()) {
        check_shape(v, fixed->second, given);
        type.shape = to_shape(fixed->second);
        if (!countable(type.shape)) {
            throw failure("input '{}': {} is too large", v.name(), to_string(type));
        }
        return type;
    }
    if (!proto.has_shape()) {
        throw failure("input '{}': has no shape: give one with --input-shape {}:1,3,224,224", v.name(), v.name());
    }
    if (proto.shape().dim_size() > max_rank) {
        throw failure("input '{}': rank {}, at most {} is supported", v.name(), proto.shape().dim_size(), max_rank);
    }
    for (const auto& d : proto.shape().dim()) {
        type.shape.append(extent(v.name(), type.shape.rank, d, given));
    }
    if (!countable(type.shape)) {
        throw failure("input '{}': {} is too large", v.name(), to_string(type));
    }
    return type;
}

int streamed_axis(const onnx::ValueInfoProto& v, const bindings& given)
{
    const auto& dims = v.type().tensor_type().shape().dim();
    for (int axis = dims.size() - 1; axis >= 0; --axis) {
        if (is_streamed(v.name(), axis, dims[axis], given)) {
            return axis;
        }
    }
    return -1;
}

std::string described_inputs(const onnx::GraphProto& graph)
{
    std::string text;
    for (const auto& v : graph.input()) {
        text += (text.empty() ? "" : ", ") + v.name() + extents_of(v);
    }
    return text;
}

std::vector<std::string> unknown_names(const onnx::GraphProto& graph, const bindings& given)
{
    std::vector<std::string> inputs, axes, problems;
    for (const auto& v : graph.input()) {
        inputs.push_back(v.name());
        const auto& dims = v.type().tensor_type().shape().dim();
        for (int axis = 0; axis < dims.size(); ++axis) {
            if (const std::string name = name_of(v.name(), axis, dims[axis]);
                is_open(dims[axis]) && std::find(axes.begin(), axes.end(), name) == axes.end()) {
                axes.push_back(name);
            }
        }
    }
    const auto report = [&](const auto& named, std::string_view option, std::string_view kind,
                            const std::vector<std::string>& known) {
        for (const auto& [name, unused] : named) {
            if (std::find(known.begin(), known.end(), name) == known.end()) {
                problems.push_back(fmt::format("{} {}: the model has no {} '{}'{}. It has {}", option, name, kind, name,
                    did_you_mean(name, known), quoted_list(known, "none")));
            }
        }
    };
    report(given.input_shapes, "--input-shape", "input", inputs);
    report(given.constants, "--constant, --weights-from", "input", inputs);
    report(given.dims, "--dim", "open axis", axes);
    return problems;
}

std::vector<open_axis> open_axes(const model& m, const bindings& b)
{
    std::set<std::string> given;
    for (const auto& t : m.proto.graph().initializer()) {
        given.insert(t.name());
    }
    for (const auto& [name, data] : b.constants) {
        given.insert(name);
    }
    for (const auto& [name, shape] : b.input_shapes) {
        given.insert(name);
    }
    std::vector<open_axis> open;
    for (const auto& v : m.proto.graph().input()) {
        if (given.contains(v.name())) {
            continue;
        }
        for (int axis = 0; axis < v.type().tensor_type().shape().dim_size(); ++axis) {
            const auto& d = v.type().tensor_type().shape().dim(axis);
            const std::string name = name_of(v.name(), axis, d);
            if (is_open(d) && !b.dims.contains(name) && !is_streamed(v.name(), axis, d, b)) {
                open.push_back({name, v.name(), axis});
            }
        }
    }
    return open;
}

}  // namespace cameo::generator
