// The commands' JSON: keys keep their order, and text that is no valid UTF-8 is replaced.
#pragma once
#include <cstdio>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace cameo::generator {

/// JSON whose keys stay in the order in which they are added.
using json = nlohmann::ordered_json;

/// Formats JSON as text. Names come from the model and may be any bytes; those that are not valid UTF-8 are replaced.
inline std::string json_text(const json& j) { return j.dump(2, ' ', false, json::error_handler_t::replace) + '\n'; }
inline void print(const json& j) { fmt::print("{}", json_text(j)); }

}  // namespace cameo::generator
