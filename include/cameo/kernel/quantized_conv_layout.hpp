// Which storage the fast paths of quantized convolutions read and write. The generator plans by it; the kernels require
// it.
#pragma once
#include <cameo/kernel/conv_layout.hpp>
#include <cameo/kernel/layouts.hpp>
#include <cameo/op/quantized_conv.hpp>

namespace cameo::inline CAMEO_TARGET {

enum class quantized_conv_method {
    plain,      ///< the definition
    blocked,    ///< input and output in blocks of 16 channels, of which four are multiplied at once
    depthwise,  ///< one filter per channel, input and output in blocks
};

constexpr quantized_conv_method choose_method(const quantized_conv_spec& s)
{
    const dim channels = s.x.shape[1], filters = s.w.shape[0];
    if (s.x.shape.rank > 4 || s.x.shape.count() == 0 || result(s).shape.count() == 0) {
        return quantized_conv_method::plain;
    }
    if (s.group == channels && filters == channels && channels > 1) {
        return quantized_conv_method::depthwise;
    }
    const bool whole_blocks = channels / s.group % block == 0 && filters / s.group % block == 0;
    return s.group == 1 || whole_blocks ? quantized_conv_method::blocked : quantized_conv_method::plain;
}

constexpr layout filter_layout(quantized_conv_method m)
{
    return m == quantized_conv_method::depthwise ? layout::filter_depthwise : layout::filter_interleaved4;
}

constexpr halo needed_halo(const quantized_conv_spec& s)
{
    return s.x.shape.rank == 2 ? halo{} : detail::halo_of_windows(s);
}

/// Tells whether the operands and the result are stored as the method requires.
constexpr bool stored_for(quantized_conv_method m, const quantized_conv_spec& s, const tensor_type& y)
{
    const auto suits = [](const tensor_type& t) { return !t.present() || is_blocked(t); };
    const halo around = needed_halo(s);
    return m != quantized_conv_method::plain && choose_method(s) == m && is_blocked(s.x) &&
           contains(s.x.storage.halo, around) && (around == halo{} || s.x.storage.fill == s.padding) &&
           s.w.storage.layout == filter_layout(m) && suits(s.scale) && suits(s.b) && suits(s.rest) &&
           suits(s.residual) && is_blocked(y);
}

/// The zero point of the input.
constexpr dim halo_fill(const quantized_conv_spec& s) { return s.padding; }

constexpr layouts wanted_layouts(const quantized_conv_spec& s, const layer_context&)
{
    const quantized_conv_method method = choose_method(s);
    if (method == quantized_conv_method::plain) {
        return {};
    }
    layouts wanted = uniform(in_blocks);
    wanted.operands[1].layout = filter_layout(method);
    return wanted;
}

}  // namespace cameo::inline CAMEO_TARGET
