// The result of `cameo tune`: measured choices of how to compute convolutions, which replace the cost model's.
#pragma once
#include "graph/graph.hpp"
#include <cameo/op/conv.hpp>
#include <cameo/op/winograd.hpp>
#include <filesystem>

namespace cameo::generator {

/// Maps the shapes of a convolution to its fastest tiles of Winograd, or 0 for none. All convolutions with the same
/// shapes share the choice.
using tuning = std::map<std::string, dim>;

/// Writes the shapes of a convolution, whatever computes it: "x=1,64,56,56 w=64,64,3,3 strides=1,1 pads=1,1,1,1
/// dilations=1,1 group=1".
std::string shapes_of(const conv_spec& s);
std::string shapes_of(const winograd_spec& s);

/// Returns all ways to compute a convolution by Winograd's tiles that are exact enough, from small to large tiles,
/// without storage.
std::vector<winograd_spec> winograd_candidates(const conv_spec& s);

/// Reads a line for each convolution: its shapes, a colon, and 'direct' or 'winograd TILE'; # begins a comment. Throws
/// failure with the file and the line.
tuning read_tuning(const std::filesystem::path& file);
std::string method_text(dim tile);

}  // namespace cameo::generator
