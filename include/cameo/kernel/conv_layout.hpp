// Which storage the fast paths of Conv read and write. The generator plans by it; the kernels require it.
#pragma once
#include <cameo/kernel/layouts.hpp>
#include <cameo/op/conv.hpp>

namespace cameo::inline CAMEO_TARGET {

enum class conv_method {
    plain,         ///< the definition
    blocked,       ///< input and output in blocks of 16 channels
    few_channels,  ///< few input channels: plain input in a frame of zeros, output in blocks
    depthwise,     ///< one filter per channel, input and output in blocks
    pixels,  ///< groups that are no whole blocks: plain input, in a frame of zeros where windows need it, filters and
             ///< output plain
    few_filters,  ///< input and filters in blocks of 16 input channels, output plain
};

/// Tells whether a convolution runs along one axis, with few channels, whose blocks would be half empty, and enough
/// columns for the lanes.
constexpr bool fits_rows(const conv_spec& s)
{
    return s.x.shape.rank == 3 && s.group == 1 && s.x.shape[1] <= 2 * block && s.w.shape[0] <= 2 * block &&
           s.window.stride(0) == 1 && result(s).shape[2] >= block;
}

/// Chooses the method for a convolution of these shapes, whatever its storage.
constexpr conv_method choose_method(const conv_spec& s)
{
    const dim channels = s.x.shape[1], filters = s.w.shape[0];
    if (s.x.element != element::float32 || s.x.shape.rank > 4 || s.x.shape.count() == 0 ||
        result(s).shape.count() == 0) {
        return conv_method::plain;
    }
    if (fits_rows(s)) {
        return conv_method::pixels;
    }
    if (s.group == channels && filters == channels && channels > 1) {
        return conv_method::depthwise;
    }
    if (s.group == 1 && filters <= 4 && channels >= block) {
        return conv_method::few_filters;
    }
    if (s.group == 1) {
        return channels < block ? conv_method::few_channels : conv_method::blocked;
    }
    const bool whole_blocks = channels / s.group % block == 0 && filters / s.group % block == 0;
    return whole_blocks ? conv_method::blocked : conv_method::pixels;
}

namespace detail {

/// What the windows of a convolution read around its input.
template <class Spec>
constexpr halo halo_of_windows(const Spec& s)
{
    const auto after = [&](int a) { return s.window.reads_beyond(a, s.x.shape[a + 2], s.w.shape[a + 2]); };
    if (s.x.shape.rank == 3) {
        return {0, s.window.pad_begin(0), 0, after(0)};
    }
    return {s.window.pad_begin(0), s.window.pad_begin(1), after(0), after(1)};
}

}  // namespace detail

constexpr halo needed_halo(const conv_spec& s) { return detail::halo_of_windows(s); }

/// What a method wants its input to be: in a frame only where its windows reach beyond it.
constexpr layout input_layout(const conv_spec& s)
{
    switch (choose_method(s)) {
    case conv_method::plain: return layout::plain;
    case conv_method::few_channels:
    case conv_method::pixels: return needed_halo(s) == halo{} ? layout::plain : layout::row_major_padded;
    default: return layout::blocked;
    }
}

/// Tells whether the convolution can read its input as it is stored. Rows that need no frame may have one, or be those
/// of a ring.
constexpr bool reads_as_stored(const conv_spec& s)
{
    const layout wanted = input_layout(s), found = s.x.storage.layout;
    return found == wanted ||
           (wanted == layout::plain && found == layout::row_major_padded && choose_method(s) != conv_method::plain);
}

constexpr layout filter_layout(conv_method m)
{
    switch (m) {
    case conv_method::blocked: return layout::filter_blocked;
    case conv_method::few_filters: return layout::blocked;
    case conv_method::few_channels: return layout::filter_plain;
    case conv_method::depthwise: return layout::filter_depthwise;
    default: return layout::plain;
    }
}

/// Returns the layout of the result, and of the bias and the residual, which are added to it.
constexpr layout result_layout(conv_method m)
{
    return m == conv_method::plain || m == conv_method::pixels || m == conv_method::few_filters ? layout::plain
                                                                                                : layout::blocked;
}

/// Tells whether the operands and the result are stored as the method requires.
constexpr bool stored_for(conv_method m, const conv_spec& s, const tensor_type& y)
{
    const auto as_result = [&](const tensor_type& t) { return !t.present() || t.storage.layout == result_layout(m); };
    return choose_method(s) == m && reads_as_stored(s) && contains(s.x.storage.halo, needed_halo(s)) &&
           s.w.storage.layout == filter_layout(m) && as_result(s.b) && as_result(s.residual) && as_result(y);
}

/// A constant filter is stored as the method reads it. A bias or an epilogue that the kernel cannot take leaves the
/// layer to the definition.
constexpr layouts wanted_layouts(const conv_spec& s, const layer_context& c)
{
    const conv_method method = choose_method(s);
    if (method == conv_method::plain || !c.is_fixed[1] || !c.is_fixed[2] || !works_on_vectors(s.epilogue)) {
        return {};
    }
    layouts wanted = uniform({result_layout(method)});
    wanted.operands[0].layout = reads_as_stored(s) ? s.x.storage.layout : input_layout(s);
    wanted.operands[1].layout = filter_layout(method);
    return wanted;
}

}  // namespace cameo::inline CAMEO_TARGET
