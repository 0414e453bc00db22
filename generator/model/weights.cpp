// Counts a model's parameters from the shapes that the file declares, without reading their data.
#include "model/weights.hpp"
#include "model/bodies.hpp"
#include <limits>

namespace cameo::generator {

namespace {

/// Tells whether an element type is one of weights. Axes, shapes, indices and conditions have other types.
bool holds_weights(int element_type)
{
    const element e = to_element(element_type);
    return is_floating(e) || size_of(e) == 1;
}

/// Counts the elements of a Constant node that acts as weights; 0 otherwise.
dim weights_of_constant(const onnx::NodeProto& n)
{
    for (const auto& a : n.attribute()) {
        if (a.name() == "value_floats") {
            return a.floats_size();
        }
        if (a.name() == "value" && a.t().dims_size() && holds_weights(a.t().data_type())) {
            return elements_of(a.t());
        }
    }
    return 0;
}

/// Implements weights_of().
class counter {
public:
    void add(const onnx::GraphProto& g)
    {
        for (const auto& t : g.initializer()) {
            result_.elements += elements_of(t);
        }
        add(g.node());
    }

    void add(const google::protobuf::RepeatedPtrField<onnx::NodeProto>& nodes)
    {
        std::set<std::string> sizes;
        for (const auto& n : nodes) {
            for (int k = 1; (n.op_type() == "Resize" || n.op_type() == "Upsample") && k < n.input_size(); ++k) {
                sizes.insert(n.input(k));
            }
        }
        for (const auto& n : nodes) {
            if (n.op_type() == "Constant" && n.output_size() == 1 && !sizes.contains(n.output(0))) {
                if (const dim count = weights_of_constant(n)) {
                    result_.elements += count, result_.constants.insert(n.output(0));
                }
            }
            each_body(n, [this](const onnx::GraphProto& body) { add(body); });
        }
    }

    file_weights result() && { return std::move(result_); }

private:
    file_weights result_;
};

}  // namespace

dim elements_of(const onnx::TensorProto& t)
{
    constexpr dim most = std::numeric_limits<dim>::max() >> 24;  // so that sums do not overflow
    dim count = 1;
    for (const dim extent : t.dims()) {
        if (extent < 0 || (extent > 0 && count > most / extent)) {
            return 0;
        }
        count *= extent;
    }
    return count;
}

file_weights weights_of(const onnx::ModelProto& m)
{
    counter all;
    all.add(m.graph());
    for (const auto& function : m.functions()) {
        all.add(function.node());
    }
    return std::move(all).result();
}

}  // namespace cameo::generator
