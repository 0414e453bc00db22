// Which storage the fast paths of LSTM and GRU read. The generator plans by it; the kernels require it.
#pragma once
#include <cameo/op/gru.hpp>
#include <cameo/op/lstm.hpp>

namespace cameo::inline CAMEO_TARGET {

/// Tells whether there is a fast path for these shapes and attributes, whatever the storage.
constexpr bool has_recurrent_kernel(const lstm_spec& s)
{
    return s.x.element == element::float32 && !s.sequence_lens.present() && !s.p.present() && !s.input_forget &&
           s.extents().hidden > 0;
}
constexpr bool has_recurrent_kernel(const gru_spec& s)
{
    return s.x.element == element::float32 && !s.sequence_lens.present() && s.extents().hidden > 0;
}

/// Returns the storage for the constant weights w and r: all gates of a step beside each other.
template <class Spec>
constexpr storage wanted_weight_storage(const Spec& s)
{
    return has_recurrent_kernel(s) ? storage{arrangement::gates, {}, Spec::gates} : storage{};
}

/// Tells whether the operands and the result are stored as the kernel reads and writes them.
template <class Spec>
constexpr bool stored_for_recurrent_kernel(const Spec& s, const tensor_type& y)
{
    const storage weights = wanted_weight_storage(s);
    return has_recurrent_kernel(s) && s.w.storage == weights && s.r.storage == weights && s.x.storage == storage{} &&
           s.b.storage == storage{} && s.initial_h.storage == storage{} && y.storage == storage{};
}

}  // namespace cameo::inline CAMEO_TARGET
