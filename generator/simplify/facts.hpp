// Facts about the values of a file, found by the importer: types, constants, and which values are identical.
#pragma once
#include "open_sizes/sizes.hpp"

namespace cameo::generator {

/// Returns the sizes at which a file is imported; a single empty one if no axes are open. What is true at all of them
/// is taken to be true at any size: some differ in a single axis, some in all, and the importer finds no more
/// diagnostics at any than at the first. Empty if fewer than two remain.
std::vector<axis_extents> sample_sizes(const model& m, const bindings& given);

/// A type some of whose extents depend on open axes.
struct open_type {
    static constexpr dim unknown = -1;

    cameo::element element{};
    std::vector<dim> extents;
    std::vector<std::string> names;  ///< of unknown extents: the open axis whose extent it is, or empty
};

class facts {
public:
    facts(const model& m, const bindings& given, const std::vector<axis_extents>& sizes);

    std::optional<open_type> type(const std::string& name) const;
    const tensor* constant(const std::string& name) const;
    /// Tells whether two names have the same value.
    bool same(const std::string& a, const std::string& b) const;

private:
    const value* find(std::size_t sample, const std::string& name) const;
    std::string axis_of(const std::vector<dim>& extents) const;

    std::vector<axis_extents> sizes_;
    std::vector<import_result> samples_;
    mutable std::map<std::string, const tensor*> constants_;  ///< already compared
};

}  // namespace cameo::generator
