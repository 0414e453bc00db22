// The result of `cameo tune`: measured choices of how to compute convolutions, which replace the cost model's.
#pragma once
#include "graph/graph.hpp"
#include <cameo/op/conv.hpp>
#include <cameo/op/winograd.hpp>
#include <filesystem>

namespace cameo::generator {

/// For a convolution by its shapes, the tiles of winograd that are fastest, or 0 for none. All that share the shapes
/// share the choice.
using tuning = std::map<std::string, dim>;

/// The shapes of a convolution, whatever computes it: "x=1,64,56,56 w=64,64,3,3 strides=1,1 pads=1,1,1,1 dilations=1,1
/// group=1".
std::string shapes_of(const conv_spec& s);
std::string shapes_of(const winograd_spec& s);

/// The convolution without its storage, as all ways to compute it by Winograd's tiles that are exact enough; ever
/// larger tiles.
std::vector<winograd_spec> winograd_candidates(const conv_spec& s);

/// A line for each convolution: its shapes, a colon, and 'direct' or 'winograd TILE'; # begins a comment. Throws
/// failure with the file and the line.
tuning read_tuning(const std::filesystem::path& file);
std::string to_text(dim tile);

}  // namespace cameo::generator
