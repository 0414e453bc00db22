// Names of a model file become C++ identifiers.
#pragma once
#include "support/unique_names.hpp"
#include <string_view>

namespace cameo::generator {

/// An identifier that no other name of the header has: letters, digits and single underscores, no keyword, and
/// not much longer than 72 characters.
class identifiers {
public:
    identifiers();
    /// Other names than those that a header uses are taken.
    explicit identifiers(std::set<std::string> taken);
    std::string unique(std::string_view name, std::string_view otherwise);

private:
    unique_names names_;
};

/// The namespace of a header, from the name of a file or of --name. What the header itself declares, such as model and
/// net, may be its name too.
std::string namespace_of(std::string_view name);

}  // namespace cameo::generator
