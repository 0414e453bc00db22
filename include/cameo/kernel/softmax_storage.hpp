// Which Softmax goes row by row. The generator plans by it; the kernel requires it.
#pragma once
#include <cameo/op/softmax.hpp>

namespace cameo {

/// Rows without gaps, in plain storage.
constexpr bool normalizes_rows(const softmax_spec& s, const tensor_type& y)
{
    return s.x.storage == storage{} && y.storage == storage{} && s.x.shape.count() > 0 && s.x.shape.count(s.last, s.x.shape.rank) == 1;
}

/// The operand over which the result may be written, or -1.
constexpr int overwrites(const softmax_spec& s, const tensor_type& y) { return normalizes_rows(s, y) ? 0 : -1; }

}  // namespace cameo
