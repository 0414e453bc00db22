// Declares the rotation that RotaryEmbedding shares with attention that rotates its queries and keys.
#pragma once
#include "import/source_node.hpp"

namespace cameo::generator {

/// Returns the cosines or sines that operand k has for positions, batch x positions x pairs. Without positions, the
/// operand has those of each position in turn.
value* angles(source_node& n, std::size_t k, value* positions, const shape& expected);

/// Rotates pairs of numbers of x, which has 4 axes, of which the last is a head's numbers. `cosines` and `sines`
/// broadcast to x but for the last axis, the pairs: numbers beyond these stay. Interleaved, the numbers of a pair are
/// neighbours; otherwise they are half of the rotated numbers apart.
value* rotated(source_node& n, value* x, value* cosines, value* sines, bool interleaved);

}  // namespace cameo::generator
