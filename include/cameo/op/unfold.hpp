// Every tap of a window as a channel of its own (im2col). It is not an ONNX operator: the generator splits convolutions
// of few channels with it.
#pragma once
#include <cameo/op/window.hpp>

namespace cameo::inline CAMEO_TARGET {

struct unfold_attributes {
    cameo::window window{};
    static constexpr void each(auto visit) { visit("window", &unfold_attributes::window); }
};

/// Does the same as torch.nn.Unfold, with the positions of the window as rows and columns of the result. Padding is
/// zero; pads_end may be negative: what is cut off is not read.
struct unfold_spec : unfold_attributes {
    using attributes = unfold_attributes;
    tensor_type x{};  ///< N x C x H x W

    template <class T>
    using signature = T(T);
    using parameters = type_list<floating_elements>;

    constexpr dim taps() const { return window.kernel_shape.count(); }
    constexpr dim positions(int a) const { return window.positions(a, x.shape[a + 2], window.kernel_shape[a]); }
    /// Returns the row or column, along spatial axis a, that channel c of the result reads at position `at`.
    constexpr dim reads(int a, dim c, dim at) const
    {
        const dim across = window.kernel_shape[1], tap = c % taps();
        return window.reads(a, at, a == 0 ? tap / across : tap % across);
    }
};

enum class unfold_problem {
    none,
    input_must_have_a_batch_a_channel_and_two_spatial_axes,
    kernel_strides_and_dilations_must_be_positive,
    window_is_larger_than_the_padded_input,
};

/// N x (C taps) x positions: the taps of a channel follow each other.
constexpr tensor_type result(const unfold_spec& s)
{
    return {s.x.element, {s.x.shape[0], s.x.shape[1] * s.taps(), s.positions(0), s.positions(1)}};
}

constexpr unfold_problem check(const unfold_spec& s)
{
    using enum unfold_problem;
    if (s.x.shape.rank != 4) {
        return input_must_have_a_batch_a_channel_and_two_spatial_axes;
    }
    if (s.window.kernel_shape.rank != 2 || !s.window.positive()) {
        return kernel_strides_and_dilations_must_be_positive;
    }
    for (int a = 0; a < 2; ++a) {
        if (s.window.extent(a, s.window.kernel_shape[a]) > s.window.padded(a, s.x.shape[a + 2])) {
            return window_is_larger_than_the_padded_input;
        }
    }
    return none;
}

template <class T>
constexpr void evaluate(const unfold_spec& s, std::span<const T> x, std::span<T> y)
{
    const dim height = s.x.shape[2], width = s.x.shape[3];
    std::size_t to = 0;
    for (dim n = 0; n < s.x.shape[0]; ++n) {
        for (dim c = 0; c < s.x.shape[1] * s.taps(); ++c) {
            for (dim row = 0; row < s.positions(0); ++row) {
                for (dim column = 0; column < s.positions(1); ++column) {
                    const dim i = s.reads(0, c, row), j = s.reads(1, c, column);
                    const bool inside = i >= 0 && i < height && j >= 0 && j < width;
                    y[to++] = inside ? x[index(((n * s.x.shape[1] + c / s.taps()) * height + i) * width + j)] : T(0);
                }
            }
        }
    }
}

template <auto Result, class Operands, unfold_attributes Attributes = unfold_attributes{}, class Secondary = into<>>
using unfold = layer<unfold_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
