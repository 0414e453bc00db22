// The beginning of a header: what it is, how to call it, its figures.
#pragma once
#include "emit/header.hpp"
#include "emit/value_names.hpp"

namespace cameo::generator {

/// Bytes of the network object: the arena, and the count of runs where a value begins elsewhere in each.
std::size_t object_bytes(const graph& g);

/// The files whose messages of wrong use are shorter if headers include them themselves: see cameo/core/expected.hpp.
inline constexpr const char* includes_of_interface =
    "#include <cameo/core/view.hpp>\n#include <cameo/network/interface.hpp>\n";

/// The comment that a header begins with: title, usage, figures.
std::string title_text(const graph& g, const emit_options& options, const value_names& names, const emitted& e);

/// The comment that the source file of a split header begins with.
std::string source_title(const emit_options& options);

}  // namespace cameo::generator
