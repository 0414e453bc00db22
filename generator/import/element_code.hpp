// Reads attributes that name an element type, such as Cast's `to`.
#pragma once
#include "import/source_node.hpp"
#include <limits>

namespace cameo::generator {

/// Returns the code of an element type for to_element() and element_type_name(); the file's has 64 bits.
inline int element_code(const source_node& n, std::string_view name, element otherwise)
{
    const dim code = n.integer(name, static_cast<dim>(otherwise));
    if (code < 0 || code > std::numeric_limits<int>::max()) {
        throw unsupported("attribute '{}' is {}, which is no element type", name, code);
    }
    return static_cast<int>(code);
}

/// Does the same where opset 1 names the type.
inline int element_code_by_name(const source_node& n, std::string_view name)
{
    const std::string type = n.text(name, "");
    onnx::TensorProto::DataType code{};
    if (!onnx::TensorProto::DataType_Parse(type, &code)) {
        throw unsupported("attribute '{}' is '{}', which is no element type", name, type);
    }
    return static_cast<int>(code);
}

}  // namespace cameo::generator
