// JSON output of the commands, by nlohmann-json.
#pragma once
#include <cstdio>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace cameo::generator {

/// Keys in the order in which they are written.
using json = nlohmann::ordered_json;

/// Names come from the model and may be any bytes: those that are no UTF-8 are replaced.
inline std::string json_text(const json& j) { return j.dump(2, ' ', false, json::error_handler_t::replace) + '\n'; }
inline void print(const json& j) { fmt::print("{}", json_text(j)); }

}  // namespace cameo::generator
