// Facts about the values of a file, found by the importer: types, constants, and which values are identical.
#pragma once
#include "dynamic/sizes.hpp"

namespace cameo::generator {

/// Sizes that a file is imported at: one of no axes where it leaves none open. What holds at all of them is taken to
/// hold at any: there are some with each axis changed by itself and some with all changed, of those at which the
/// importer finds no more obstacles. None where fewer than two are left.
std::vector<axis_extents> sample_sizes(const model& m, const bindings& given);

/// A type of which some extents depend on the sizes.
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
    /// Are two names of one value?
    bool same(const std::string& a, const std::string& b) const;

private:
    const value* find(std::size_t sample, const std::string& name) const;
    std::string axis_of(const std::vector<dim>& extents) const;

    std::vector<axis_extents> sizes_;
    std::set<std::string, std::less<>>
        halves_;  ///< of which nothing is known, as of values of which the data decide how much is there
    std::vector<import_result> samples_;
    mutable std::map<std::string, const tensor*> constants_;  ///< already compared
};

}  // namespace cameo::generator
