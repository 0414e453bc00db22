// Declares how the inputs of the main graph are imported, as the user binds them.
#pragma once
#include "import/context.hpp"
#include "import/scope.hpp"

namespace cameo::generator {

/// Imports the main graph's inputs, whose defaults `in` has already, and reports what the user binds that is not there.
void import_inputs(import_context& all, scope& in);

}  // namespace cameo::generator
