// Which LSTM has a kernel, and how its weights lie.
#pragma once
#include <cameo/kernel/recurrent_layout.hpp>
#include <cameo/op/lstm.hpp>

namespace cameo::inline CAMEO_TARGET {

/// Is there a fast path for these shapes and attributes, whatever the layouts?
constexpr bool has_recurrent_kernel(const lstm_spec& s)
{
    return s.x.element == element::float32 && !s.sequence_lens.present() && !s.p.present() && !s.input_forget &&
           s.extents().hidden > 0;
}

constexpr layouts wanted_layouts(const lstm_spec& s, const layer_context& c) { return detail::recurrent_layouts(s, c); }

}  // namespace cameo::inline CAMEO_TARGET
