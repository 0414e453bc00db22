// Finds graphs that are nested deeper than protobuf parses, so that the message can name the node.
#pragma once
#include <string>
#include <string_view>

namespace cameo::generator {

/// Messages that may be within each other, as protobuf has it by default: each graph within a node takes three.
inline constexpr int deepest_message = 100;

/// The name of a node that holds more than that; nothing where no node does.
std::string too_deep_node(std::string_view bytes);

}  // namespace cameo::generator
