// Holds a graph against what every stage relies on. Tests and debug builds do it after import and every pass.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

/// Throws std::logic_error, which names the stage, unless every operand is there before its reader, every result has
/// one producer that knows it, and types are those that the operators derive.
void verify(const graph& g, std::string_view stage);

/// The same where assertions are compiled.
inline void verify_in_debug([[maybe_unused]] const graph& g, [[maybe_unused]] std::string_view stage)
{
#ifndef NDEBUG
    verify(g, stage);
#endif
}

}  // namespace cameo::generator
