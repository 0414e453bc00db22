// Declares the data of the page that `cameo report` writes, as JSON.
#pragma once
#include "report/description.hpp"

namespace cameo::generator {

/// Returns what `inspect --json` prints, with operands, memory and the drawing. `model` is the name of the file.
json page_data(const graph& g, const network_description& network, const std::string& model);

/// Adds the times that `cameo profile --json` wrote. `file` is for messages. Throws failure if they are of another
/// network, or no profile.
void add_profile(json& page, const json& profile, const std::string& file);

}  // namespace cameo::generator
