// float16 and bfloat16: cameo has no type for them, so they are refused or become float32.
#pragma once
#include "model/model.hpp"
#include "support/failure.hpp"

namespace cameo::generator {

/// Tells whether this element type is float16 or bfloat16.
bool is_half(int code);

/// Decodes 16 bits as a float, which represents every such number exactly.
float widened(int code, std::uint16_t bits);

/// Reports where a model computes with 16 bits, or takes or returns them. Constants that are only moved and cast to
/// more bits do not count: as float32 they give the same numbers.
std::vector<diagnostic> half_computations(const model& m);

/// Returns the names of a model's 16-bit values, whose types cameo knows as float32.
std::set<std::string, std::less<>> half_values(const model& m);

}  // namespace cameo::generator
