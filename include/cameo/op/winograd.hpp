// Convolution by Winograd's minimal filtering. It is not an ONNX operator: the generator replaces a Conv with it where
// it is faster.
#pragma once
#include <algorithm>
#include <cameo/op/epilogue.hpp>
#include <cameo/op/window.hpp>
#include <cameo/op/winograd_transform.hpp>

namespace cameo::inline CAMEO_TARGET {

struct winograd_attributes {
    dim tile = 4;     ///< rows and columns of outputs that are computed together
    dim taps = 3;     ///< rows and columns of the filter
    dim filters = 1;  ///< M
    dim group = 1;
    dim chunk = 28;     ///< tiles that are transformed before they are multiplied
    dim zero_taps = 0;  ///< of a filter, over all its channels: one that was cut into smaller ones need not fill them
    cameo::window window{};  ///< strides, the same down and across, and pads
    elementwise_expression epilogue{};
    static constexpr void each(auto visit)
    {
        visit("tile", &winograd_attributes::tile);
        visit("taps", &winograd_attributes::taps);
        visit("filters", &winograd_attributes::filters);
        visit("group", &winograd_attributes::group);
        visit("chunk", &winograd_attributes::chunk);
        visit("zero_taps", &winograd_attributes::zero_taps);
        visit("window", &winograd_attributes::window);
        visit("epilogue", &winograd_attributes::epilogue);
    }
};

/// A convolution over rows and columns with square filters, by tiles of tile x tile outputs: (tile + taps - 1)^2
/// products per channel, filter and tile instead of (tile taps)^2. With a stride it is the sum of stride^2 convolutions
/// of stride 1: each sees every stride-th number from its phase on, and every stride-th tap. Filters come transformed:
/// see transform_filters.
struct winograd_spec : winograd_attributes {
    using attributes = winograd_attributes;
    static constexpr std::size_t scratch = 1;
    tensor_type x{};         ///< N x C x H x W
    tensor_type w{};         ///< points blocks(M) 16 x phases blocks(C/group) 16: for each point a row for each filter
    tensor_type b{};         ///< M, optional
    tensor_type residual{};  ///< the result's shape, optional

    template <class T>
    using signature = results<T, T>(T, T, T, T);
    using parameters = type_list<floating_elements>;

    constexpr dim stride() const { return window.stride(0); }
    constexpr dim phases() const { return stride() * stride(); }
    /// Returns the most rows and columns of the filter that a phase has.
    constexpr dim phase_taps() const { return (taps + stride() - 1) / stride(); }
    constexpr winograd_transform transform() const { return {tile, phase_taps()}; }
    constexpr dim size() const { return tile + phase_taps() - 1; }
    constexpr dim points() const { return size() * size(); }
    constexpr dim padded_filters() const { return blocks(filters) * block; }
    constexpr dim channels() const { return x.shape[1] / group; }
    /// Returns the channels of a filter, of all phases.
    constexpr dim padded_channels() const { return phases() * blocks(channels()) * block; }
    /// Returns the rows or columns of outputs.
    constexpr dim outputs(int a) const { return window.positions(a, x.shape[a + 2], taps); }
    /// Returns the number of tiles along spatial axis a, the last of which may be partial.
    constexpr dim tiles(int a) const { return (outputs(a) + tile - 1) / tile; }
    constexpr dim tiles() const { return x.shape[0] * tiles(0) * tiles(1); }
    constexpr dim tiles_together() const { return std::min(chunk, tiles()); }
    /// Returns the elements of scratch memory from one point to the next: a block more than needed, so that points fall
    /// into different cache sets.
    constexpr dim point_of_inputs() const { return tiles_together() * group * padded_channels() + block; }
    constexpr dim point_of_outputs() const { return tiles_together() * padded_filters() + block; }
};

enum class winograd_problem {
    none,
    input_must_have_a_batch_a_channel_and_two_spatial_axes,
    no_transform_for_this_tile_and_filter,
    groups_must_be_whole_blocks_of_channels_and_filters,
    filters_must_be_transformed_for_all_points_in_whole_blocks,
    bias_must_have_one_element_per_output_channel,
    chunk_must_be_positive,
    strides_must_be_the_same_and_dilations_1,
    window_is_larger_than_the_padded_input,
    epilogue_does_not_fit_the_result,
};

/// N x M x O1 x O2; and scratch for a chunk of tiles, transformed and multiplied.
constexpr std::array<tensor_type, 2> result(const winograd_spec& s)
{
    return {tensor_type{s.x.element, {s.x.shape[0], s.filters, s.outputs(0), s.outputs(1)}},
        {s.x.element, {s.points() * (s.point_of_inputs() + s.point_of_outputs())}}};
}

constexpr winograd_problem check(const winograd_spec& s)
{
    using enum winograd_problem;
    if (s.x.shape.rank != 4) {
        return input_must_have_a_batch_a_channel_and_two_spatial_axes;
    }
    if (s.tile < 1 || s.taps < 1 || !s.window.positive() || s.size() > winograd_transform::most) {
        return no_transform_for_this_tile_and_filter;
    }
    const bool whole_blocks =
        s.group > 1 && s.x.shape[1] % (s.group * block) == 0 && s.filters % (s.group * block) == 0;
    if (s.group != 1 && !whole_blocks) {
        return groups_must_be_whole_blocks_of_channels_and_filters;
    }
    if (s.filters < 1 || s.w.shape != shape{s.points() * s.padded_filters(), s.padded_channels()}) {
        return filters_must_be_transformed_for_all_points_in_whole_blocks;
    }
    if (s.b.present() && s.b.shape != shape{s.filters}) {
        return bias_must_have_one_element_per_output_channel;
    }
    if (s.chunk < 1) {
        return chunk_must_be_positive;
    }
    for (int a = 0; a < 2; ++a) {
        if (s.window.stride(a) != s.stride() || s.window.dilation(a) != 1) {
            return strides_must_be_the_same_and_dilations_1;
        }
        if (s.taps > s.window.padded(a, s.x.shape[a + 2])) {
            return window_is_larger_than_the_padded_input;
        }
    }
    return fits(s.epilogue, result(s)[0], s.residual) ? none : epilogue_does_not_fit_the_result;
}

namespace detail {

/// Computes row i, column j of M d M', for a matrix of `size` columns; element(k, l) returns d.
template <class T>
constexpr T transformed(const winograd_transform::matrix& matrix, dim size, dim i, dim j, auto element)
{
    T sum = 0;
    for (dim k = 0; k < size; ++k) {
        for (dim l = 0; l < size; ++l) {
            sum += static_cast<T>(matrix[index(i)][index(k)] * matrix[index(j)][index(l)]) * element(k, l);
        }
    }
    return sum;
}

}  // namespace detail

/// Transforms the filters of a Conv, M x C/group x taps x taps, to the operand w of winograd: G g G', in double
/// whatever T is. Elements beyond M and C are left as they are.
template <class T>
constexpr void transform_filters(const winograd_spec& s, std::span<const T> filters, std::span<T> w)
{
    const winograd_transform t = s.transform();
    const dim channels = s.channels(), stride = s.stride();
    for (dim p = 0; p < s.points(); ++p) {
        for (dim m = 0; m < s.filters; ++m) {
            for (dim phase = 0; phase < s.phases(); ++phase) {
                for (dim c = 0; c < channels; ++c) {
                    const auto tap = [&](dim k, dim l) {
                        const dim row = k * stride + phase / stride, column = l * stride + phase % stride;
                        return row < s.taps && column < s.taps
                                   ? static_cast<double>(
                                         filters[index(((m * channels + c) * s.taps + row) * s.taps + column)])
                                   : 0;
                    };
                    w[index(
                        (p * s.padded_filters() + m) * s.padded_channels() + phase * blocks(channels) * block + c)] =
                        static_cast<T>(detail::transformed<double>(t.filter, t.taps, p / t.size(), p % t.size(), tap));
                }
            }
        }
    }
}

namespace detail {

/// Calls visit(image, first row, first column) for each tile of outputs.
constexpr void for_each_tile_of_outputs(const winograd_spec& s, auto visit)
{
    for (dim n = 0; n < s.x.shape[0]; ++n) {
        for (dim top = 0; top < s.outputs(0); top += s.tile) {
            for (dim left = 0; left < s.outputs(1); left += s.tile) {
                visit(n, top, left);
            }
        }
    }
}

}  // namespace detail

/// The definition: each tile of the input is transformed to B' d B, multiplied point by point with the filters, summed
/// over phases and channels, and transformed to A' m A.
template <class T>
constexpr void evaluate(const winograd_spec& s, std::span<const T> x, std::span<const T> w, optional_span<T> b,
    optional_span<T> residual, std::span<T> y, optional_result<T> scratch)
{
    const winograd_transform t = s.transform();
    const dim channels = s.channels(), height = s.x.shape[2], width = s.x.shape[3], rows = s.outputs(0),
              columns = s.outputs(1);
    const dim size = t.size(), points = s.points(), stride = s.stride(), of_filter = s.padded_channels(),
              of_phase = of_filter / s.phases(), all = s.group * of_filter;
    const std::span<T> inputs = scratch.first(index(all * points)),
                       products = scratch.subspan(index(all * points), index(points));
    detail::for_each_tile_of_outputs(s, [&](dim n, dim top, dim left) {
        const auto input = [&](dim c, dim k, dim l) {
            const dim group = c / of_filter, phase = c % of_filter / of_phase, channel = c % of_phase;
            const dim row = (top + k) * stride + phase / stride - s.window.pad_begin(0),
                      column = (left + l) * stride + phase % stride - s.window.pad_begin(1);
            const bool inside = channel < channels && row >= 0 && row < height && column >= 0 && column < width;
            return inside ? x[index(((n * s.x.shape[1] + group * channels + channel) * height + row) * width + column)]
                          : T(0);
        };
        for (dim c = 0; c < all; ++c) {
            for (dim p = 0; p < points; ++p) {
                inputs[index(c * points + p)] = detail::transformed<T>(
                    t.input, size, p / size, p % size, [&](dim k, dim l) { return input(c, k, l); });
            }
        }
        for (dim m = 0; m < s.filters; ++m) {
            const dim first = m / (s.filters / s.group) * of_filter;
            for (dim p = 0; p < points; ++p) {
                T& sum = products[index(p)] = T(0);
                for (dim c = 0; c < of_filter; ++c) {
                    sum += inputs[index((first + c) * points + p)] *
                           w[index((p * s.padded_filters() + m) * of_filter + c)];
                }
            }
            for (dim i = 0; i < std::min(s.tile, rows - top); ++i) {
                for (dim j = 0; j < std::min(s.tile, columns - left); ++j) {
                    const std::size_t to = index(((n * s.filters + m) * rows + top + i) * columns + left + j);
                    const T sum = detail::transformed<T>(
                        t.output, size, i, j, [&](dim k, dim l) { return products[index(k * size + l)]; });
                    y[to] = apply(s.epilogue, b.empty() ? sum : sum + b[index(m)], residual, to);
                }
            }
        }
    });
}

/// Counts the multiplications of the convolution that it computes; it needs fewer itself.
constexpr dim multiplications(const winograd_spec& s)
{
    return saturating_product(result(s)[0].shape.count(), s.channels() * s.taps * s.taps - s.zero_taps);
}

template <auto Result, class Operands, winograd_attributes Attributes = winograd_attributes{}, class Secondary = into<>>
using winograd = layer<winograd_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
