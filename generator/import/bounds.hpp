// Capacities for results whose size depends on the data (--bound).
#pragma once
#include <cameo/core/shape.hpp>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace cameo::generator {

struct bounds {
    std::map<std::string, dim> given;  ///< --bound name=N, by the names of values
    std::set<std::string> used = {};
    std::vector<std::string> known = {};  ///< values with such an axis
};

}  // namespace cameo::generator
