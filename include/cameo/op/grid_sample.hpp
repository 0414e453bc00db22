// GridSample: an image interpolated at the coordinates that a grid holds.
#pragma once
#include <cameo/core/floats.hpp>
#include <cameo/op/cast.hpp>
#include <cameo/op/resampling.hpp>

namespace cameo::inline CAMEO_TARGET {

/// What is read beyond the image.
enum class grid_padding {
    zeros,
    border,      ///< the nearest element of the image
    reflection,  ///< the image mirrored: at the centers of its first and last elements with align_corners, otherwise at
                 ///< their outer edges
};

struct grid_sample_attributes {
    interpolation mode = interpolation::linear;
    grid_padding padding_mode = grid_padding::zeros;
    bool align_corners =
        false;  ///< -1 and 1 are the centers of the first and last element, otherwise their outer edges
    static constexpr void each(auto visit)
    {
        visit("mode", &grid_sample_attributes::mode);
        visit("padding_mode", &grid_sample_attributes::padding_mode);
        visit("align_corners", &grid_sample_attributes::align_corners);
    }
};

/// ONNX GridSample, opsets 16, 20, 22, on images of any number of axes: float32 and float64.
struct grid_sample_spec : grid_sample_attributes {
    using attributes = grid_sample_attributes;
    tensor_type x{};     ///< N x C x D1 … Dr
    tensor_type grid{};  ///< N x O1 … Or x r: places in the image, the last axis first

    constexpr int axes() const { return x.shape.rank - 2; }

    template <class T>
    using signature = T(T, T);
    using parameters = type_list<floating_elements>;
};

enum class grid_sample_problem {
    none,
    input_must_have_a_batch_a_channel_and_a_spatial_axis,
    grid_must_have_the_batch_and_the_rank_of_the_input,
    grid_must_have_a_place_on_each_spatial_axis,
    image_must_not_be_empty,
};

constexpr grid_sample_problem check(const grid_sample_spec& s)
{
    using enum grid_sample_problem;
    const shape &x = s.x.shape, &grid = s.grid.shape;
    if (x.rank < 3) {
        return input_must_have_a_batch_a_channel_and_a_spatial_axis;
    }
    if (grid.rank != x.rank || grid[0] != x[0]) {
        return grid_must_have_the_batch_and_the_rank_of_the_input;
    }
    if (grid[grid.rank - 1] != s.axes()) {
        return grid_must_have_a_place_on_each_spatial_axis;
    }
    return x.count(2, x.rank) > 0 ? none : image_must_not_be_empty;
}

/// N x C x O1 … Or.
constexpr tensor_type result(const grid_sample_spec& s)
{
    tensor_type y = s.x.plain();
    for (int axis = 0; axis < s.axes(); ++axis) {
        y.shape[axis + 2] = s.grid.shape[axis + 1];
    }
    return y;
}

namespace detail {

/// The elements of one axis from which a point is interpolated; -1 for those that count as 0.
struct grid_taps {
    dim count = 1;
    std::array<dim, 4> at{};
    std::array<double, 4> weight{1};
};

/// One axis of the image.
struct grid_axis {
    dim extent = 1;
    grid_padding padding_mode = grid_padding::zeros;
    bool align_corners = false;

    constexpr double lowest() const { return align_corners ? 0 : -0.5; }
    constexpr double highest() const { return static_cast<double>(extent - 1) - lowest(); }

    /// Converts a grid coordinate to elements of the image. NaN is the first element, as in PyTorch. It is computed in
    /// T, which decides what is nearest.
    template <class T>
    constexpr T denormalized(T place) const
    {
        const T from_start = (!detail::is_a_number(place) ? T(-1) : place) + T(1), length = static_cast<T>(extent);
        return align_corners ? from_start / 2 * (length - 1) : (from_start * length - 1) / 2;
    }
    /// Mirrors a coordinate at both ends until it lies between them.
    constexpr double reflected(double v) const
    {
        const double span = highest() - lowest();
        if (v >= lowest() && v <= highest()) {
            return v;
        }
        if (span == 0) {
            return lowest();
        }
        const bool before = v < lowest();
        const double beyond = before ? lowest() - v : v - highest();
        const dim turns = floor_of(beyond / span);
        const double rest = beyond - static_cast<double>(turns) * span;
        return before == (turns % 2 == 0) ? lowest() + rest : highest() - rest;
    }
    constexpr dim clamped(dim at) const { return at < 0 ? 0 : at < extent ? at : extent - 1; }
    /// Moves coordinates inside the image if the padding mode does so. What a cubic filter reads beyond a border is
    /// weighted there, as in PyTorch and ONNX Runtime: from two elements further out, it reads only the border.
    constexpr double inside(interpolation mode, double v) const
    {
        if (padding_mode == grid_padding::zeros) {
            return v;
        }
        if (padding_mode == grid_padding::reflection) {
            return reflected(v);
        }
        const double margin = mode == interpolation::cubic ? 2 : 0, last = static_cast<double>(extent - 1) + margin;
        return v < -margin ? -margin : v > last ? last : v;
    }
    /// Returns the element at position `at`.
    constexpr dim element(dim at) const
    {
        if (at >= 0 && at < extent) {
            return at;
        }
        if (padding_mode == grid_padding::zeros) {
            return -1;
        }
        return clamped(padding_mode == grid_padding::border ? at : floor_of(reflected(static_cast<double>(at))));
    }
    constexpr grid_taps taps(interpolation mode, double v) const
    {
        grid_taps t;
        if (mode == interpolation::nearest) {
            t.at[0] = element(floor_of(inside(mode, rounded(v))));
            return t;
        }
        const interpolation_filter filter{mode};
        const double center = inside(mode, v);
        const dim first = floor_of(center) - filter.reach() + 1;
        t.count = 2 * filter.reach();
        for (dim k = 0; k < t.count; ++k) {
            t.at[index(k)] = element(first + k);
            t.weight[index(k)] = filter(static_cast<double>(first + k) - center);
        }
        return t;
    }
};

using grid_taps_per_axis = std::array<grid_taps, max_rank>;

/// Adds, over all combinations of taps, the image's elements times the product of their weights.
template <class T>
constexpr T sampled(std::span<const T> image, const shape& extents, const grid_taps_per_axis& taps)
{
    shape counts;
    for (int axis = 0; axis < extents.rank; ++axis) {
        counts.append(taps[index(axis)].count);
    }
    double sum = 0;
    per_axis k{};
    do {
        double weight = 1;
        dim from = 0;
        for (int axis = 0; axis < extents.rank; ++axis) {
            const std::size_t tap = index(k[index(axis)]);
            const dim at = taps[index(axis)].at[tap];
            weight *= taps[index(axis)].weight[tap];
            from = at < 0 || from < 0 ? -1 : from * extents[axis] + at;
        }
        if (from >= 0) {
            sum += weight * static_cast<double>(image[index(from)]);
        }
    } while (advance(k, counts));
    return static_cast<T>(sum);
}

}  // namespace detail

/// The definition: each element of the result is interpolated between the image's elements around its place in the
/// grid.
template <class T>
constexpr void evaluate(const grid_sample_spec& s, std::span<const T> x, std::span<const T> grid, std::span<T> y)
{
    const int axes = s.axes();
    shape extents;
    for (int axis = 0; axis < axes; ++axis) {
        extents.append(s.x.shape[axis + 2]);
    }
    const dim channels = s.x.shape[1], image = extents.count(), places = s.grid.shape.count(1, axes + 1);
    detail::grid_taps_per_axis taps{};
    for (dim n = 0; n < s.x.shape[0]; ++n) {
        for (dim place = 0; place < places; ++place) {
            const dim row = (n * places + place) * axes;
            for (int axis = 0; axis < axes; ++axis) {
                const detail::grid_axis of{extents[axis], s.padding_mode, s.align_corners};
                taps[index(axis)] =
                    of.taps(s.mode, static_cast<double>(of.denormalized(grid[index(row + axes - 1 - axis)])));
            }
            for (dim c = n * channels; c < (n + 1) * channels; ++c) {
                y[index(c * places + place)] =
                    detail::sampled(x.subspan(index(c * image), index(image)), extents, taps);
            }
        }
    }
}

template <auto Result, class Operands, grid_sample_attributes Attributes = grid_sample_attributes{},
    class Secondary = into<>>
using grid_sample = layer<grid_sample_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
