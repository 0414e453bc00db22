// Values side by side, however many.
#pragma once
#include "import/source_node.hpp"

namespace cameo::generator {

/// One value of all parts, along an axis. Defined with Concat.
value* concatenated(source_node& n, int axis, std::vector<value*> parts);

}  // namespace cameo::generator
