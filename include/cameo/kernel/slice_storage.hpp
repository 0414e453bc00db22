// Which slices are boxes of whole blocks. The generator plans by it; the kernel requires it.
#pragma once
#include <cameo/op/slice.hpp>

namespace cameo::inline CAMEO_TARGET {

constexpr bool takes_blocks(const slice_spec& s)
{
    if (!is_image(s.x) || s.starts[1] % block != 0) {
        return false;
    }
    for (int axis = 0; axis < s.x.shape.rank; ++axis) {
        if (s.step(axis) != 1) {
            return false;
        }
    }
    return result(s).shape.count() > 0;
}

/// Tells whether the result is one contiguous piece of the operand's memory.
constexpr bool cuts_from_memory(const slice_spec& s)
{
    const shape out = result(s).shape;
    int last = out.rank - 1;  // the last axis of which only a part is taken
    while (last > 0 && out[last] == s.x.shape[last] && s.step(last) == 1) {
        --last;
    }
    if (out.count() == 0 || out.count(0, last) != 1 || s.step(last) != 1) {
        return false;
    }
    return s.x.storage == storage{} ||
           (is_blocked(s.x) && takes_blocks(s) && last == 1 && (s.ends[1] == s.x.shape[1] || out[1] % block == 0));
}

/// Returns the offset in bytes of the result in the operand, if it can lie there.
constexpr std::size_t place_in_operand(const slice_spec& s, const tensor_type& y)
{
    if (!cuts_from_memory(s) || s.x.storage != y.storage) {
        return nowhere;
    }
    const dim skipped = is_blocked(s.x) ? detail::stored_extents(s.x).distance(0, s.starts[1], 0)
                                        : dot(s.starts.extent, strides_of(s.x.shape), s.x.shape.rank);
    return index(skipped) * size_of(y.element);
}

}  // namespace cameo::inline CAMEO_TARGET
