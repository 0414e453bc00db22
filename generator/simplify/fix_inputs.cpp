// Writes --input-shape, --dim and --constant into the file: fixed extents, bound inputs as initializers.
#include "import/inputs.hpp"
#include "simplify/encode.hpp"
#include "simplify/simplify.hpp"
#include "support/failure.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

/// Throws failure if an option names an input or axis that the model does not have.
void require_known(const onnx::GraphProto& g, const bindings& given)
{
    if (const auto problems = unknown_names(g, given); !problems.empty()) {
        throw failure("{}", printable(problems.front()));
    }
}

void set_initializer(onnx::GraphProto& g, const std::string& name, const tensor& data)
{
    auto& all = *g.mutable_initializer();
    const auto old = std::find_if(all.begin(), all.end(), [&](const onnx::TensorProto& t) { return t.name() == name; });
    (old == all.end() ? *g.add_initializer() : *old) = encoded(name, data);
}

void set_shape(onnx::ValueInfoProto& input, const std::vector<dim>& extents)
{
    const auto& old = input.type().tensor_type();
    if (old.has_shape() && old.shape().dim_size() != std::ssize(extents)) {
        throw failure("--input-shape: input '{}' has {} axes, found {}", printable(input.name()),
            old.shape().dim_size(), extents.size());
    }
    auto& shape = *input.mutable_type()->mutable_tensor_type()->mutable_shape();
    shape.clear_dim();
    for (const dim extent : extents) {
        shape.add_dim()->set_dim_value(extent);
    }
}

void set_extents(onnx::GraphProto& g, const std::vector<open_axis>& open, const std::map<std::string, dim>& extents)
{
    for (const open_axis& a : open) {
        for (auto& input : *g.mutable_input()) {
            if (const auto given = extents.find(a.name); a.input == input.name() && given != extents.end()) {
                input.mutable_type()->mutable_tensor_type()->mutable_shape()->mutable_dim(a.axis)->set_dim_value(
                    given->second);
            }
        }
    }
}

/// Clears recorded shapes, which may no longer be true; the ranks of outputs remain.
void forget_shapes(onnx::GraphProto& g)
{
    g.clear_value_info();
    for (auto& output : *g.mutable_output()) {
        if (output.type().has_tensor_type() && output.type().tensor_type().has_shape()) {
            for (auto& d : *output.mutable_type()->mutable_tensor_type()->mutable_shape()->mutable_dim()) {
                d.Clear();
            }
        }
    }
}

/// Removes inputs that are initializers too. Such an input has a default, and is a constant to every command; before IR
/// version 4, initializers had to be inputs.
void remove_bound_inputs(onnx::GraphProto& g)
{
    std::set<std::string> bound;
    for (const auto& t : g.initializer()) {
        bound.insert(t.name());
    }
    auto& inputs = *g.mutable_input();
    inputs.erase(std::remove_if(inputs.begin(), inputs.end(), [&](const auto& v) { return bound.contains(v.name()); }),
        inputs.end());
}

}  // namespace

void fix_inputs(model& m, const bindings& given, bool keep_dynamic)
{
    onnx::GraphProto& g = *m.proto.mutable_graph();
    const std::vector<open_axis> open = open_axes(m, {});
    require_known(g, given);
    for (auto& input : *g.mutable_input()) {
        if (const auto data = given.constants.find(input.name()); data != given.constants.end()) {
            check_bound(input, data->second.type, given.float16);
            set_initializer(g, input.name(), data->second);
        } else if (const auto extents = given.input_shapes.find(input.name());
            extents != given.input_shapes.end() && !keep_dynamic) {
            set_shape(input, extents->second);
        }
    }
    if (!keep_dynamic) {
        set_extents(g, open, given.dims);
    }
    if (!keep_dynamic && !(given.input_shapes.empty() && given.dims.empty())) {
        forget_shapes(g);
    }
    remove_bound_inputs(g);
    m.proto.set_ir_version(std::max<std::int64_t>(m.proto.ir_version(), 4));
}

}  // namespace cameo::generator
