// Declares how the names of a model file, which may be any text, become C++ identifiers.
#pragma once
#include "graph/graph.hpp"
#include "support/unique_names.hpp"
#include <map>
#include <set>

namespace cameo::generator {

/// An identifier that no other name of the header has: letters, digits and single underscores, no keyword.
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

/// The names of a header's values, by what they are in the graph: layers by their node, outputs by their name.
std::map<const value*, std::string> name_values(const graph& g, identifiers& names);

/// The names of some values, in a list.
std::string listed(const std::vector<value*>& some, const std::map<const value*, std::string>& names);

/// A C++ string literal for any bytes.
std::string string_literal(std::string_view text);
/// Text that cannot end or continue a line comment.
std::string comment(std::string_view text);

}  // namespace cameo::generator
