// Shapes with an axis more or less.
#pragma once
#include <cameo/core/shape.hpp>

namespace cameo::generator {

inline shape without(const shape& s, int axis)
{
    shape rest;
    for (int a = 0; a < s.rank; ++a) {
        if (a != axis) {
            rest.append(s[a]);
        }
    }
    return rest;
}

/// Returns a shape of one axis more: `axis`, with an extent of 1.
inline shape with_one(const shape& s, int axis)
{
    shape all;
    for (int a = 0; a <= s.rank; ++a) {
        all.append(a == axis ? 1 : s[a < axis ? a : a - 1]);
    }
    return all;
}

}  // namespace cameo::generator
