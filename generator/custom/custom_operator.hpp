// Declares what --custom says: which nodes of a model are replaced, and by which type of the user's.
#pragma once
#include "model/model.hpp"
#include <map>

namespace cameo::generator {

/// A parsed option such as "org.pytorch.aten:ATen[operator=erfinv]=my::erfinv".
struct custom_operator {
    std::string domain, operator_type;
    std::map<std::string, std::string>
        selected;      ///< attributes that a node must have, where a text tells operators apart
    std::string type;  ///< without the colons of the global namespace

    bool takes(const onnx::NodeProto& node) const;
};

/// Parses the option; throws failure if it is malformed.
custom_operator parse_custom(const std::string& text);

/// Attribute values as C++, by name.
using named_texts = std::vector<std::pair<std::string, std::string>>;

/// Returns the attributes of a node that are members of TYPE_attributes, without those that the option selected by and
/// empty strings. Throws failure for one that cannot be a member.
named_texts attributes_of(const onnx::NodeProto& node, const custom_operator& o);

}  // namespace cameo::generator
