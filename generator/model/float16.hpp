// float16 and bfloat16: cameo has no type for them, so they are refused or become float32.
#pragma once
#include "model/model.hpp"
#include "support/failure.hpp"

namespace cameo::generator {

enum class float16_use {
    refuse,      ///< where a model computes with 16-bit floats, or takes or returns them
    as_float32,  ///< compute with float32, in the interface too
};

/// Tells whether this element type is float16 or bfloat16.
bool is_16_bit_float(int code);

/// Decodes 16 bits as a float, which represents every such number exactly.
float widened(int code, std::uint16_t bits);

/// Reports where a model computes with 16 bits, or takes or returns them. Constants that are only moved and cast to
/// more bits do not count: as float32 they give the same numbers.
std::vector<diagnostic> float16_computations(const model& m);

/// Returns the names of a model's 16-bit values, whose types cameo knows as float32.
std::set<std::string, std::less<>> float16_values(const model& m);

}  // namespace cameo::generator
