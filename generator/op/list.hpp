// Declares the table of all operators, which the build makes from list.txt.
#pragma once
#include "import/operator_table.hpp"

namespace cameo::generator {

const operator_table& operators();

}  // namespace cameo::generator
