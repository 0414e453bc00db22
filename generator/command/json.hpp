// What the commands print with --json.
#pragma once
#include <cstdio>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace cameo::generator {

/// Keys in the order in which they are written.
using json = nlohmann::ordered_json;

/// Names come from the file and may be any bytes: those that are no UTF-8 are replaced.
inline void print(const json& j) { fmt::print("{}\n", j.dump(2, ' ', false, json::error_handler_t::replace)); }

}  // namespace cameo::generator
