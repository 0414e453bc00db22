// Which storage the fast path of elementwise layers takes. The generator plans by it; the kernel requires it.
#pragma once
#include <cameo/op/elementwise.hpp>

namespace cameo::inline CAMEO_TARGET {

/// Tells whether the layer can read its operands and write its result, which is not empty, as they are stored: all
/// plain; or all blocked, or all framed, of the same rank and each with its own halo, beside plain operands of one
/// element.
constexpr bool stored_alike(const elementwise_spec& s, const tensor_type& y)
{
    const arrangement wanted = y.storage.arrangement;
    if (y.shape.count() == 0) {
        return false;
    }
    if (wanted != arrangement::plain && wanted != arrangement::blocked && wanted != arrangement::framed) {
        return false;
    }
    if (wanted != arrangement::plain && (y.shape.rank < 1 || y.shape.rank > 4)) {
        return false;
    }
    for (int i = 0; i < s.x.count; ++i) {
        const tensor_type& x = s.x[i];
        const bool one = x.storage == storage{} && x.shape.count() == 1;
        const bool alike =
            x.storage.arrangement == wanted && (wanted == arrangement::plain || x.shape.rank == y.shape.rank);
        if (!one && !alike) {
            return false;
        }
    }
    return true;
}

/// Returns the operand that the result may overwrite, which has the same elements in the same places, none of them read
/// twice; or -1.
constexpr int overwrites(const elementwise_spec& s, const tensor_type& y)
{
    for (int i = 0; i < s.x.count && stored_alike(s, y); ++i) {
        if (s.x[i] == y) {
            return i;
        }
    }
    return -1;
}

}  // namespace cameo::inline CAMEO_TARGET
