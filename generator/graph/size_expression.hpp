// C++ text for what depends on the sizes of a network.
#pragma once
#include <cameo/core/shape.hpp>
#include <string>
#include <vector>

namespace cameo::generator {

struct value;

/// The most elements of a constant that are written as expressions.
inline constexpr dim few_elements = 8;

/// An expression of template parameters, and of the types of values: `$0` stands for the first of them.
struct size_expression {
    std::string text;
    std::vector<const value*> values = {};  ///< they come before whatever the expression is of
};

}  // namespace cameo::generator
