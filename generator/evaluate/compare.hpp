// The error measure that `verify` and `simplify --check` apply to a result and its reference.
#pragma once
#include "support/tensor.hpp"

namespace cameo::generator {

/// How far a result is from its reference, over all elements. Two NaN, or equal infinities, do not differ; if only one
/// side is finite, the error is infinite.
struct difference {
    double absolute = 0;    ///< largest |found - reference|
    double relative = 0;    ///< the same, divided by the largest finite |reference|
    double mse = 0;         ///< mean of the squares
    std::uint64_t ulp = 0;  ///< most representable numbers between the two; for integers, the difference
    bool within = true;     ///< absolute <= tolerance x largest |reference| + tolerance / 100; integers are equal
};

/// Compares two tensors of the same type in plain storage.
difference compare(const tensor& reference, const tensor& found, double tolerance);

}  // namespace cameo::generator
