// Imports the inputs of the main graph: as inputs, as constants where the user gives the data, or as inputs with
// defaults.
#include "import/main_inputs.hpp"
#include "import/inputs.hpp"
#include "support/nearest.hpp"
#include "support/npy.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

bool is_initializer(const onnx::GraphProto& graph, const std::string& name)
{
    const auto& all = graph.initializer();
    return std::any_of(all.begin(), all.end(), [&](const auto& t) { return t.name() == name; });
}

void add_bound(import_context& all, const onnx::ValueInfoProto& v, const tensor& given, scope& in)
{
    const tensor data = read_as(given, element_for(v.type().tensor_type().elem_type(), all.given.float16));
    check_bound(v, data.type, all.given.float16);
    value* constant = in.builder.add_constant(v.name(), data);
    constant->parameters = constant->type.shape.count();
    if (!is_initializer(all.file.proto.graph(), v.name())) {
        all.result.graph.file_parameters += *constant->parameters;
    }
    in.set(v.name(), constant);
}

void import_input(import_context& all, const onnx::ValueInfoProto& v, scope& in)
{
    in.set(v.name(), nullptr);
    if (const auto bound = all.given.constants.find(v.name()); bound != all.given.constants.end()) {
        return add_bound(all, v, bound->second, in);
    }
    const tensor_type type = input_type(v, all.given);
    value* input = in.builder.add_input(v.name(), type);
    if (const int axis = streamed_axis(v, all.given); axis >= 0 && axis < type.shape.rank) {
        all.result.graph.time_axes[input] = axis;
    }
    in.set(v.name(), input);
}

/// Makes an input with a default, which is a constant so far, one that may be overridden if the user says so.
void import_default(import_context& all, const std::string& name, value* initial, scope& in)
{
    const auto& overridable = all.given.overridable;
    if (initial && (overridable.contains(name) || overridable.contains("*"))) {
        in.set(name, all.result.graph.add_overridable_input(name, *initial->data));
    }
}

void report_unused_bindings(import_context& all, const std::vector<std::string>& defaults)
{
    for (const std::string& name : all.given.overridable) {
        const bool used =
            name == "*" ? !defaults.empty() : std::find(defaults.begin(), defaults.end(), name) != defaults.end();
        if (!used) {
            all.report({}, fmt::format("--overridable {}: the model has no such input with a default (an initializer "
                                       "that is an input too){}. It has {}",
                               name, did_you_mean(name, defaults), quoted_list(defaults, "none")));
        }
    }
    const auto& graph = all.file.proto.graph();
    for (const std::string& problem : unknown_names(graph, all.given)) {
        all.report({}, problem);
    }
    if (!all.given.streamed.empty() && all.result.graph.time_axes.empty()) {
        all.report(
            {}, fmt::format("--stream {}: no input has this axis; an axis without a name is INPUT:NUMBER. Inputs: {}",
                    *all.given.streamed.begin(), described_inputs(graph)));
    }
}

}  // namespace

void import_inputs(import_context& all, scope& in)
{
    std::vector<std::string> defaults;
    for (const auto& v : all.file.proto.graph().input()) {
        all.attempt({}, [&] {
            const auto initial = in.find(v.name());
            if (initial && !all.given.constants.contains(v.name())) {
                defaults.push_back(v.name());
                return import_default(all, v.name(), *initial, in);
            }
            import_input(all, v, in);
        });
    }
    report_unused_bindings(all, defaults);
}

}  // namespace cameo::generator
