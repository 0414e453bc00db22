// Writes inferred element types and shapes into the outputs and value_info of a graph.
#include "simplify/inferred_types.hpp"
#include "model/bodies.hpp"
#include "simplify/encode.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

/// Writes an extent. One that depends on open axes keeps what the file says, or gets the name of its axis.
void write_extent(
    onnx::TensorShapeProto::Dimension& d, dim extent, const std::string& axis, const std::set<std::string>& named)
{
    if (extent != open_type::unknown) {
        d.set_dim_value(extent);
    } else if (named.contains(axis)) {
        d.set_dim_param(axis);
    }
}

void write_type(onnx::ValueInfoProto& v, const open_type& type, const std::set<std::string>& named)
{
    auto& proto = *v.mutable_type()->mutable_tensor_type();
    proto.set_elem_type(code_of(type.element));
    auto& shape = *proto.mutable_shape();
    if (shape.dim_size() != std::ssize(type.extents)) {
        shape.clear_dim();
    }
    while (shape.dim_size() < std::ssize(type.extents)) {
        shape.add_dim();
    }
    for (int axis = 0; axis < shape.dim_size(); ++axis) {
        write_extent(*shape.mutable_dim(axis), type.extents[index(axis)], type.names[index(axis)], named);
    }
}

/// Returns the names that the file gives to axes of inputs. The importer's names for unnamed axes are not among them.
std::set<std::string> named_axes(const onnx::GraphProto& g)
{
    std::set<std::string> names;
    for (const auto& v : g.input()) {
        for (const auto& d : v.type().tensor_type().shape().dim()) {
            if (!d.dim_param().empty()) {
                names.insert(d.dim_param());
            }
        }
    }
    return names;
}

}  // namespace

void write_type(onnx::ValueInfoProto& v, const std::string& name, const open_type& type)
{
    v.set_name(name);
    write_type(v, type, {});
}

void write_types(onnx::GraphProto& g, const facts& known, bool all)
{
    const std::set<std::string> named = named_axes(g);
    for (auto& v : *g.mutable_output()) {
        if (const auto type = known.type(v.name())) {
            write_type(v, *type, named);
        }
    }
    std::map<std::string, onnx::ValueInfoProto> said;
    for (auto& v : g.value_info()) {
        said.emplace(v.name(), v);
    }
    g.clear_value_info();
    std::set<std::string> outputs;
    for (const auto& v : g.output()) {
        outputs.insert(v.name());
    }
    for (const auto& n : g.node()) {
        for (const auto& name : n.output()) {
            if (name.empty() || outputs.contains(name)) {
                continue;
            }
            const auto before = said.find(name);
            const auto type = all ? known.type(name) : std::nullopt;
            if (before == said.end() && !type) {
                continue;
            }
            auto& v = *g.add_value_info();
            if (before != said.end()) {
                v = before->second;
            }
            v.set_name(name);
            if (type) {
                write_type(v, *type, named);
            }
        }
    }
}

}  // namespace cameo::generator
