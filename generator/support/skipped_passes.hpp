// Checks the names that --skip-pass gives against the list of passes.
#pragma once
#include "support/failure.hpp"
#include "support/nearest.hpp"
#include <algorithm>
#include <set>

namespace cameo::generator {

/// Throws failure if one of `skipped` is not the name of a pass.
template <class Passes>
void require_passes(const std::set<std::string>& skipped, const Passes& passes, std::string_view option = "--skip-pass")
{
    std::vector<std::string> known;
    for (const auto& pass : passes) {
        known.emplace_back(pass.name);
    }
    for (const std::string& name : skipped) {
        if (std::ranges::find(known, name) == known.end()) {
            throw failure("{} {}: there is no such pass{}. There are {}", option, printable(name),
                did_you_mean(name, known), quoted_list(known, "none"));
        }
    }
}

}  // namespace cameo::generator
