// Access to the attributes and inputs of a file's nodes (NodeProto).
#pragma once
#include "model/onnx.pb.h"
#include <cameo/core/shape.hpp>
#include <string_view>
#include <vector>

namespace cameo::generator {

/// Tells whether the node has this operator of ONNX's own domain.
bool is(const onnx::NodeProto& n, std::string_view operator_type);
bool is_standard(const onnx::NodeProto& n);

const onnx::AttributeProto* find_attribute(const onnx::NodeProto& n, std::string_view name);
dim integer_attribute(const onnx::NodeProto& n, std::string_view name, dim otherwise);
float number_attribute(const onnx::NodeProto& n, std::string_view name, float otherwise);
std::string text_attribute(const onnx::NodeProto& n, std::string_view name, std::string_view otherwise);
std::vector<dim> integers_attribute(const onnx::NodeProto& n, std::string_view name, std::vector<dim> otherwise = {});

void erase_attribute(onnx::NodeProto& n, std::string_view name);
void set_attribute(onnx::NodeProto& n, std::string_view name, dim value);
void set_attribute(onnx::NodeProto& n, std::string_view name, const std::vector<dim>& values);

/// Returns input k, or "" if the node lacks it.
const std::string& input_of(const onnx::NodeProto& n, int k);

}  // namespace cameo::generator
