// What the comments of a header say of layers and weights: which nodes of the file they are, and what became of them.
#pragma once
#include "emit/value_names.hpp"

namespace cameo::generator {

/// "Conv '/conv2/Conv' + Relu '/relu2/Relu', by Winograd F(4x4, 3x3)".
std::string remark_on_layer(const node& n);

/// For each weight its name in the file; where its numbers are others, from what they were computed: "conv2.weight,
/// float32[32,16,3,3]: transformed for Winograd F(4x4, 3x3)". Nothing where it is called the same and is the same.
std::map<const value*, std::string> remarks_on_weights(const graph& g, const value_names& names);

}  // namespace cameo::generator
