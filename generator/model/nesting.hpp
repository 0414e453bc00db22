// Finds graphs that are nested deeper than protobuf parses, so that the message can name the node.
#pragma once
#include <string>
#include <string_view>

namespace cameo::generator {

/// How deep messages may be nested, protobuf's default: each graph within a node takes three levels.
inline constexpr int deepest_message = 100;

/// Returns the name of a node that is nested more deeply; empty if there is none.
std::string too_deep_node(std::string_view bytes);

}  // namespace cameo::generator
