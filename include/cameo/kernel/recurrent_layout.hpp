// Which layouts the kernels of LSTM and GRU read. The generator asks; the kernels require it.
#pragma once
#include <cameo/kernel/layouts.hpp>

namespace cameo::inline CAMEO_TARGET {

/// How the constant weights w and r should lie: all gates of a step beside each other.
template <class Spec>
constexpr storage wanted_weight_storage(const Spec& s)
{
    return has_recurrent_kernel(s) ? storage{layout::gate_weights, {}, Spec::gate_count} : storage{};
}

/// Tells whether the operands and the result are stored as the kernel reads and writes them.
template <class Spec>
constexpr bool stored_for_recurrent_kernel(const Spec& s, const tensor_type& y)
{
    const storage weights = wanted_weight_storage(s);
    return has_recurrent_kernel(s) && s.w.storage == weights && s.r.storage == weights && s.x.storage == storage{} &&
           s.b.storage == storage{} && s.initial_h.storage == storage{} && y.storage == storage{};
}

namespace detail {

/// Constant weights lie with all gates of a step beside each other.
template <class Spec>
constexpr layouts recurrent_layouts(const Spec& s, const layer_context& c)
{
    layouts wanted;
    if (c.is_fixed[1] && c.is_fixed[2]) {
        wanted.operands[1] = wanted.operands[2] = wanted_weight_storage(s);
    }
    return wanted;
}

}  // namespace detail

}  // namespace cameo::inline CAMEO_TARGET
