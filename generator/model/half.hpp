// float16 and bfloat16: cameo has no type for them, so they are refused or become float32.
#pragma once
#include "model/model.hpp"
#include "support/failure.hpp"

namespace cameo::generator {

/// Is this element type float16 or bfloat16?
bool is_half(int code);

/// The number that these bits are, which float32 has too.
float widened(int code, std::uint16_t bits);

/// Where a model computes with 16 bits, or takes or gives them. Constants that are moved and cast to more bits are none
/// of these: as float32 they give the same numbers.
std::vector<obstacle> half_computations(const model& m);

/// The names of a model's values of 16 bits: what cameo says of them is said of float32.
std::set<std::string, std::less<>> half_values(const model& m);

}  // namespace cameo::generator
