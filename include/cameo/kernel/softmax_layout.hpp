// Which Softmax has a fast path. The generator plans by it; the kernel requires it.
#pragma once
#include <cameo/kernel/layouts.hpp>
#include <cameo/op/softmax.hpp>

namespace cameo::inline CAMEO_TARGET {

/// Tells whether all storage is plain, so that rows, or columns side by side, are normalized by vectors.
constexpr bool normalizes_vectors(const softmax_spec& s, const tensor_type& y)
{
    return s.x.storage == storage{} && y.storage == storage{} && s.x.shape.count() > 0;
}

/// The operand over which the result may be written, or -1.
constexpr int overwritten_operand(const softmax_spec& s, const tensor_type& y)
{
    return normalizes_vectors(s, y) ? 0 : -1;
}

}  // namespace cameo::inline CAMEO_TARGET
