// Every tap of a window whose taps are moved by offsets, interpolated (deformable im2col). It is not an ONNX operator:
// DeformConv becomes it and a product with the filters.
#pragma once
#include <cameo/op/grid_sample.hpp>
#include <cameo/op/window.hpp>

namespace cameo::inline CAMEO_TARGET {

struct deformable_unfold_attributes {
    cameo::window window{};  ///< with its kernel_shape
    dim offset_groups = 1;   ///< of channels whose taps move alike
    static constexpr void each(auto visit)
    {
        visit("window", &deformable_unfold_attributes::window);
        visit("offset_groups", &deformable_unfold_attributes::offset_groups);
    }
};

/// The sampling of ONNX DeformConv, opsets 19, 22 (Dai et al., arXiv:1703.06211; the mask: arXiv:1811.11168): float32
/// and float64. K taps of r axes, G groups; what lies beyond the input is 0.
struct deformable_unfold_spec : deformable_unfold_attributes {
    using attributes = deformable_unfold_attributes;
    tensor_type x{};       ///< N x C x D1 … Dr
    tensor_type offset{};  ///< N x (G K r) x O1 … Or, in elements of x
    tensor_type mask{};    ///< N x (G K) x O1 … Or: factors; optional

    constexpr int axes() const { return x.shape.rank - 2; }
    constexpr dim taps() const { return window.kernel_shape.count(); }
    constexpr shape positions() const
    {
        shape all;
        for (int a = 0; a < axes(); ++a) {
            all.append(window.positions(a, x.shape[a + 2], window.kernel_shape[a]));
        }
        return all;
    }

    template <class T>
    using signature = T(T, T, T);
    using parameters = type_list<floating_elements>;
};

enum class deformable_unfold_problem {
    none,
    input_must_have_a_batch_a_channel_and_a_spatial_axis,
    kernel_strides_and_dilations_must_be_positive,
    window_is_larger_than_the_padded_input,
    offset_groups_must_divide_the_channels,
    offsets_must_be_given_for_each_tap_and_axis_at_each_position,
    mask_must_have_a_factor_for_each_tap_at_each_position,
};

constexpr deformable_unfold_problem check(const deformable_unfold_spec& s)
{
    using enum deformable_unfold_problem;
    if (s.x.shape.rank < 3) {
        return input_must_have_a_batch_a_channel_and_a_spatial_axis;
    }
    if (s.window.kernel_shape.rank != s.axes() || !s.window.positive()) {
        return kernel_strides_and_dilations_must_be_positive;
    }
    for (int a = 0; a < s.axes(); ++a) {
        if (s.window.extent(a, s.window.kernel_shape[a]) > s.window.padded(a, s.x.shape[a + 2])) {
            return window_is_larger_than_the_padded_input;
        }
    }
    if (s.offset_groups < 1 || s.x.shape[1] % s.offset_groups != 0) {
        return offset_groups_must_divide_the_channels;
    }
    const auto has = [&](const tensor_type& t, dim channels) {
        shape wanted{s.x.shape[0], channels};
        for (int a = 0; a < s.axes(); ++a) {
            wanted.append(s.positions()[a]);
        }
        return t.shape == wanted;
    };
    const dim moved = saturating_product(s.offset_groups, s.taps());
    if (!has(s.offset, saturating_product(moved, s.axes()))) {
        return offsets_must_be_given_for_each_tap_and_axis_at_each_position;
    }
    return !s.mask.present() || has(s.mask, moved) ? none : mask_must_have_a_factor_for_each_tap_at_each_position;
}

/// N x C x K x (O1 … Or).
constexpr tensor_type result(const deformable_unfold_spec& s)
{
    return {s.x.element, {s.x.shape[0], s.x.shape[1], s.taps(), s.positions().count()}};
}

template <class T>
constexpr void evaluate(const deformable_unfold_spec& s, std::span<const T> x, std::span<const T> offset,
    optional_span<T> mask, std::span<T> y)
{
    const shape extents = spatial(s.x.shape), positions = s.positions();
    const dim taps = s.taps(), places = positions.count(), image = extents.count(), channels = s.x.shape[1];
    const dim moved_alike = channels / s.offset_groups;
    detail::grid_taps_per_axis around{};
    for (dim group = 0; group < s.x.shape[0] * s.offset_groups; ++group) {
        per_axis tap{};
        for (dim k = 0; k < taps; ++k, advance(tap, s.window.kernel_shape)) {
            const dim moved = group * taps + k;
            per_axis at{};
            for (dim place = 0; place < places; ++place, advance(at, positions)) {
                for (int a = 0; a < s.axes(); ++a) {
                    const auto by = static_cast<double>(offset[index((moved * s.axes() + a) * places + place)]);
                    const dim from = s.window.reads(a, at[index(a)], tap[index(a)]);
                    around[index(a)] =
                        detail::grid_axis{extents[a]}.taps(interpolation::linear, static_cast<double>(from) + by);
                }
                const T factor = mask.empty() ? T(1) : mask[index(moved * places + place)];
                for (dim c = group * moved_alike; c < (group + 1) * moved_alike; ++c) {
                    y[index((c * taps + k) * places + place)] =
                        factor * detail::sampled(x.subspan(index(c * image), index(image)), extents, around);
                }
            }
        }
    }
}

template <auto Result, class Operands, deformable_unfold_attributes Attributes = deformable_unfold_attributes{},
    class Secondary = into<>>
using deformable_unfold = layer<deformable_unfold_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
