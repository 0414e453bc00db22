// Reads attributes that choose among names into enumerators, which the library names as ONNX does.
#pragma once
#include "import/source_node.hpp"
#include <cameo/core/type_name.hpp>

namespace cameo::generator {

/// Returns the enumerator that the attribute names; throws unsupported if there is none.
template <class Enum>
Enum choice(const source_node& n, std::string_view attribute, std::string_view otherwise)
{
    const std::string chosen = n.text(attribute, otherwise);
    std::string all;
    for (int i = 0;; ++i) {
        const std::string_view name = enumerator_name(static_cast<Enum>(i));
        if (name.find(')') != std::string_view::npos) {
            break;  // a value without a name is printed as a cast
        }
        if (name == chosen) {
            return static_cast<Enum>(i);
        }
        all += (all.empty() ? "" : ", ") + std::string(name);
    }
    throw unsupported("attribute '{}' must be one of {}, found '{}'", attribute, all, chosen);
}

}  // namespace cameo::generator
