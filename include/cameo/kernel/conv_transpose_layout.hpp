// Which storage the fast path of ConvTranspose reads and writes. The generator plans by it; the kernel requires it.
#pragma once
#include <algorithm>
#include <cameo/kernel/layouts.hpp>
#include <cameo/op/conv_transpose.hpp>
#include <numeric>

namespace cameo::inline CAMEO_TARGET {

/// The places of a result that are as far from a multiple of the stride, along one axis: a phase. They make a
/// convolution of stride 1 with every few taps.
struct transposed_phase {
    dim positions = 0;  ///< first, first + stride, …
    dim taps = 0;       ///< that write to them
    dim first_tap = 0;
    dim tap_step = 1;    ///< from one to the next
    dim first_read = 0;  ///< place in the input that the first tap reads for the first position
    dim read_step = 0;   ///< from there to what the next tap reads: never positive
};

/// Returns phase `first` of axis a of the result, which is less than its stride. An absent axis (-1) has one position
/// and one tap.
constexpr transposed_phase phase_of(const conv_transpose_spec& s, int a, dim first)
{
    if (a < 0) {
        return {.positions = 1, .taps = 1};
    }
    const dim stride = s.window.stride(a), dilation = s.window.dilation(a), taps = s.w.shape[a + 2],
              extent = result(s).shape[a + 2];
    transposed_phase p{.positions = extent > first ? (extent - first - 1) / stride + 1 : 0,
        .tap_step = stride / std::gcd(stride, dilation)};
    const auto distance = [&](dim tap) { return first + s.window.pad_begin(a) - tap * dilation; };
    while (p.first_tap < taps && distance(p.first_tap) % stride != 0) {
        ++p.first_tap;
    }
    if (p.first_tap == taps) {
        return p;
    }
    p.taps = (taps - p.first_tap - 1) / p.tap_step + 1;
    p.first_read = distance(p.first_tap) / stride;
    p.read_step = -dilation * p.tap_step / stride;
    return p;
}

/// Tells whether the kernel works in blocks of channels: without groups, along one axis or two.
constexpr bool transposes_blocks(const conv_transpose_spec& s)
{
    return s.x.element == element::float32 && is_image(s.x) && s.group == 1 && s.x.shape.count() > 0 &&
           result(s).shape.count() > 0;
}

/// Returns the halo of zeros that a transposed convolution reads around its input.
constexpr halo needed_halo(const conv_transpose_spec& s)
{
    const auto around = [&](int a) {
        std::pair<dim, dim> zeros{0, 0};
        for (dim first = 0; first < s.window.stride(a); ++first) {
            const transposed_phase p = phase_of(s, a, first);
            if (p.positions == 0 || p.taps == 0) {
                continue;
            }
            zeros.first = std::max(zeros.first, -(p.first_read + (p.taps - 1) * p.read_step));
            zeros.second = std::max(zeros.second, p.first_read + p.positions - s.x.shape[a + 2]);
        }
        return zeros;
    };
    const bool flat = s.x.shape.rank == 3;
    const auto down = flat ? std::pair<dim, dim>{0, 0} : around(0), across = around(flat ? 0 : 1);
    return {down.first, across.first, down.second, across.second};
}

constexpr bool stored_for_blocks(const conv_transpose_spec& s, const tensor_type& y)
{
    const auto suits = [](const tensor_type& t) { return !t.present() || is_blocked(t); };
    return is_blocked(s.x) && contains(s.x.storage.halo, needed_halo(s)) &&
           s.w.storage.layout == layout::filter_transposed && suits(s.b) && suits(s.residual) && is_blocked(y);
}

constexpr layouts wanted_layouts(const conv_transpose_spec& s, const layer_context& c)
{
    if (!transposes_blocks(s) || !c.is_fixed[1] || !c.is_fixed[2] || !works_on_vectors(s.epilogue)) {
        return {};
    }
    layouts wanted = uniform(in_blocks);
    wanted.operands[1].layout = layout::filter_transposed;
    return wanted;
}

}  // namespace cameo::inline CAMEO_TARGET
