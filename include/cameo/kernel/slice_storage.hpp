// Which slices are boxes of whole blocks. The generator plans by it; the kernel requires it.
#pragma once
#include <cameo/op/slice.hpp>

namespace cameo {

constexpr bool takes_blocks(const slice_spec& s)
{
    if (!is_image(s.x) || s.starts[1] % block != 0) return false;
    for (int axis = 0; axis < s.x.shape.rank; ++axis)
        if (s.step(axis) != 1) return false;
    return result(s).shape.count() > 0;
}

}  // namespace cameo
