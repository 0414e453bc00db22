// Declares how the names of a model file, which may be any text, become C++ identifiers.
#pragma once
#include "graph/graph.hpp"
#include "support/unique_names.hpp"
#include <map>
#include <set>

namespace cameo::generator {

/// Makes identifiers that are unique in a header: letters, digits and single underscores, and no keyword.
class identifiers {
public:
    identifiers();
    /// Replaces the set of names that are taken.
    explicit identifiers(std::set<std::string> taken);
    std::string unique(std::string_view name, std::string_view otherwise);

private:
    unique_names names_;
};

/// Makes the namespace of a header from a file name or --name. Names that the header itself declares, such as model and
/// net, are allowed.
std::string namespace_of(std::string_view name);

/// Names the values of a header: layers by their node, outputs by their name.
std::map<const value*, std::string> name_values(const graph& g, identifiers& names);

/// Lists the names of some values, separated by commas.
std::string listed(const std::vector<value*>& some, const std::map<const value*, std::string>& names);

/// Writes any bytes as a C++ string literal.
std::string string_literal(std::string_view text);
/// Escapes text so that it cannot end or continue a line comment.
std::string comment(std::string_view text);

}  // namespace cameo::generator
