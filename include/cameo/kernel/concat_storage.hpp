// Which values Concat can join block by block. The generator plans by it; the kernel requires it.
#pragma once
#include <cameo/op/concat.hpp>

namespace cameo {

/// Images, of which all but the last end with a whole block where channels are joined.
constexpr bool joins_blocks(const concat_spec& s)
{
    if (!is_image(s.x[0]) || s.axis == 0) return false;
    for (int i = 0; i + 1 < s.x.count; ++i)
        if (s.axis == 1 && s.x[i].shape[1] % block != 0) return false;
    return true;
}

}  // namespace cameo
