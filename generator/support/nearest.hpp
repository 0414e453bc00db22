// Declares suggestions ("did you mean …?") for mistyped names.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace cameo::generator {

/// Returns "; did you mean 'check'?", or nothing if no known name is close: up to a third of the letters may be wrong,
/// missing, superfluous or swapped with the next.
std::string did_you_mean(std::string_view wrong, const std::vector<std::string>& known);

/// Returns "'a', 'b'", or `otherwise` if there are none.
std::string quoted_list(const std::vector<std::string>& names, std::string_view otherwise);

}  // namespace cameo::generator
