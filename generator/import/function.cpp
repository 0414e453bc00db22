// Inlines a model's own functions (FunctionProto): binds the attributes of a call and drops inputs that it omits.
#include "import/function.hpp"

namespace cameo::generator {

namespace {

using attributes = std::map<std::string, onnx::AttributeProto>;

/// Collects the attributes that the caller gives, and the function's defaults for the others.
attributes given(const onnx::FunctionProto& function, const onnx::NodeProto& call)
{
    attributes all;
    for (const auto& a : function.attribute_proto()) {
        all[a.name()] = a;
    }
    for (const auto& a : call.attribute()) {
        all[a.name()] = a;
    }
    return all;
}

void bind(onnx::GraphProto& graph, const attributes& values);

/// Replaces references to the function's attributes by their values. A reference to an attribute that the caller omits
/// is dropped.
void bind(onnx::NodeProto& node, const attributes& values)
{
    google::protobuf::RepeatedPtrField<onnx::AttributeProto> bound;
    for (auto& a : *node.mutable_attribute()) {
        const auto value = values.find(a.ref_attr_name());
        if (!a.ref_attr_name().empty() && value == values.end()) {
            continue;
        }
        auto& to = *bound.Add();
        to = a.ref_attr_name().empty() ? a : value->second;
        to.set_name(a.name());
        if (to.has_g()) {
            bind(*to.mutable_g(), values);
        }
        for (auto& g : *to.mutable_graphs()) {
            bind(g, values);
        }
    }
    node.mutable_attribute()->Swap(&bound);
}

void bind(onnx::GraphProto& graph, const attributes& values)
{
    for (auto& n : *graph.mutable_node()) {
        bind(n, values);
    }
}

/// Finds the inputs of the function that a call omits.
std::set<std::string> left_out(const onnx::FunctionProto& function, const onnx::NodeProto& call)
{
    std::set<std::string> absent;
    for (int k = 0; k < function.input_size(); ++k) {
        if (k >= call.input_size() || call.input(k).empty()) {
            absent.insert(function.input(k));
        }
    }
    return absent;
}

}  // namespace

function_table::function_table(const onnx::ModelProto& model)
{
    for (const auto& f : model.functions()) {
        functions_.try_emplace({f.domain(), f.name(), f.overload()}, &f);
    }
}

const onnx::FunctionProto* function_table::find(const onnx::NodeProto& call) const
{
    const auto found = functions_.find({call.domain(), call.op_type(), call.overload()});
    return found == functions_.end() ? nullptr : found->second;
}

google::protobuf::RepeatedPtrField<onnx::NodeProto> nodes_of_call(
    const onnx::FunctionProto& function, const onnx::NodeProto& call)
{
    auto nodes = function.node();
    const attributes values = given(function, call);
    const std::set<std::string> absent = left_out(function, call);
    for (auto& n : nodes) {
        bind(n, values);
        for (auto& name : *n.mutable_input()) {
            if (absent.contains(name)) {
                name.clear();
            }
        }
    }
    return nodes;
}

}  // namespace cameo::generator
