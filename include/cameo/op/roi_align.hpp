// RoiAlign: regions of images, each pooled to one size from points between the images' elements.
#pragma once
#include <cameo/function/max.hpp>
#include <cameo/op/axis_flow.hpp>
#include <cameo/op/indices.hpp>
#include <cameo/op/resampling.hpp>

namespace cameo::inline CAMEO_TARGET {

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"  // of g++ alone: the names of an enum class shadow nothing
/// What becomes of the points of a bin.
enum class roi_mode {
    avg,
    max,  ///< the largest of the elements around all points, each times its weight, as ONNX's reference has it
};
#pragma GCC diagnostic pop

/// What a region's coordinates are.
enum class roi_coordinates {
    half_pixel,         ///< those of elements' outer edges, as in Resize
    output_half_pixel,  ///< those of elements; a region has at least one
};

struct roi_align_attributes {
    roi_mode mode = roi_mode::avg;
    roi_coordinates coordinates = roi_coordinates::half_pixel;
    dim rows = 1;  ///< bins of a region
    dim columns = 1;
    dim sampling_ratio = 0;    ///< points along each axis of a bin; 0: as many as it has elements
    double spatial_scale = 1;  ///< elements of x per unit of rois
    static constexpr void each(auto visit)
    {
        visit("mode", &roi_align_attributes::mode);
        visit("coordinates", &roi_align_attributes::coordinates);
        visit("rows", &roi_align_attributes::rows);
        visit("columns", &roi_align_attributes::columns);
        visit("sampling_ratio", &roi_align_attributes::sampling_ratio);
        visit("spatial_scale", &roi_align_attributes::spatial_scale);
    }
};

/// ONNX RoiAlign, opsets 10, 16, 22 (Mask R-CNN, https://arxiv.org/abs/1703.06870): float32 and float64.
struct roi_align_spec : roi_align_attributes {
    using attributes = roi_align_attributes;
    tensor_type x{};              ///< N x C x H x W
    tensor_type rois{};           ///< R x 4: the first column and row, the last column and row
    tensor_type batch_indices{};  ///< R; an index out of range takes the nearest image

    template <class T>
    using signature = T(T, T, std::int64_t);
    using parameters = type_list<floating_elements>;
};

enum class roi_align_problem {
    none,
    input_must_have_four_axes,
    rois_must_have_four_coordinates_each,
    each_region_needs_the_index_of_its_image,
    rows_and_columns_must_be_positive,
    sampling_ratio_must_be_from_0_to_1024,
    image_must_not_be_empty,
    result_is_too_large,
};

/// R x C x rows x columns.
constexpr tensor_type result(const roi_align_spec& s)
{
    return {s.x.element, {s.rois.shape[0], s.x.shape[1], s.rows, s.columns}};
}

constexpr roi_align_problem check(const roi_align_spec& s)
{
    using enum roi_align_problem;
    if (s.x.shape.rank != 4) {
        return input_must_have_four_axes;
    }
    if (s.rois.shape.rank != 2 || s.rois.shape[1] != 4) {
        return rois_must_have_four_coordinates_each;
    }
    if (s.batch_indices.shape != shape{s.rois.shape[0]}) {
        return each_region_needs_the_index_of_its_image;
    }
    if (s.rows < 1 || s.columns < 1) {
        return rows_and_columns_must_be_positive;
    }
    if (s.sampling_ratio < 0 || s.sampling_ratio > 1024) {
        return sampling_ratio_must_be_from_0_to_1024;
    }
    if (s.x.shape[0] == 0 || s.x.shape.count(2, 4) == 0) {
        return image_must_not_be_empty;
    }
    return countable(result(s).shape) ? none : result_is_too_large;
}

namespace detail {

/// A point of a region on one axis: between two elements of the image, or on the first of them.
struct roi_point {
    dim low = 0, high = 0;
    double weight_of_high = 0;
};

/// One axis of a region. It is computed in double whatever the elements are: a rounding error may add points.
struct roi_axis {
    dim extent = 1;  ///< of the image
    double start = 0, bin = 0;
    dim points = 0;  ///< of each bin; none of a region that is not finite

    constexpr roi_axis(const roi_align_attributes& a, dim image, dim bins, double first, double last) : extent(image)
    {
        const bool half_pixel = a.coordinates == roi_coordinates::half_pixel;
        const double length = (last - first) * a.spatial_scale;
        start = first * a.spatial_scale - (half_pixel ? 0.5 : 0);
        bin = (half_pixel || length > 1 ? length : 1) / static_cast<double>(bins);
        if (is_finite(start) && is_finite(bin)) {
            points = a.sampling_ratio > 0 ? a.sampling_ratio : std::max(dim{0}, -floor_of(-bin));
        }
    }

    /// Calls visit(point) for each point of a bin that is at most one element outside of the image; returns how many.
    /// Where a region is much larger than the image, it does not look at all the others.
    template <class Visit>
    constexpr dim visit_points(dim number, Visit visit) const
    {
        if (points == 0) {
            return 0;
        }
        const double begin = start + static_cast<double>(number) * bin, step = bin / static_cast<double>(points);
        dim first = 0, end = points, inside = 0;
        if (step >= 0.5) {
            first = std::max(dim{0}, floor_of((-1 - begin) / step - 1));
            end = std::min(points, floor_of((static_cast<double>(extent) - begin) / step + 1));
        }
        for (dim k = first; k < end; ++k) {
            const double at = begin + (static_cast<double>(k) + 0.5) * step;
            if (at >= -1 && at <= static_cast<double>(extent)) {
                visit(point(at));
                ++inside;
            }
        }
        return inside;
    }
    constexpr roi_point point(double at) const
    {
        const dim low = at < 0 ? 0 : floor_of(at);
        return low >= extent - 1 ? roi_point{extent - 1, extent - 1, 0}
                                 : roi_point{low, low + 1, at < 0 ? 0 : at - static_cast<double>(low)};
    }
};

/// The rows and the columns of region number r.
template <class T>
constexpr std::array<roi_axis, 2> region(const roi_align_spec& s, std::span<const T> rois, dim r)
{
    const auto at = [&](dim k) { return static_cast<double>(rois[index(4 * r + k)]); };
    return {roi_axis(s, s.x.shape[2], s.rows, at(1), at(3)), roi_axis(s, s.x.shape[3], s.columns, at(0), at(2))};
}

/// How many points a bin has, by which its sum is divided.
constexpr double points_of(const roi_axis& rows, const roi_axis& columns)
{
    return std::max(1.0, static_cast<double>(rows.points) * static_cast<double>(columns.points));
}

}  // namespace detail

/// The definition: y[r, c, i, j] is the mean, or the maximum, over the points of bin i, j of region r, of channel c of
/// image batch_indices[r]. A point outside of the image counts as 0.
template <class T>
constexpr void evaluate(const roi_align_spec& s, std::span<const T> x, std::span<const T> rois,
    std::span<const std::int64_t> batch_indices, std::span<T> y)
{
    const dim channels = s.x.shape[1], width = s.x.shape[3], plane = s.x.shape.count(2, 4);
    std::size_t to = 0;
    for (dim r = 0; r < s.rois.shape[0]; ++r) {
        const auto [rows, columns] = detail::region(s, rois, r);
        const double all = detail::points_of(rows, columns);
        for (dim c = 0; c < channels; ++c) {
            const dim image = nearest_index(batch_indices[index(r)], s.x.shape[0]) * channels + c;
            for (dim bin = 0; bin < s.rows * s.columns; ++bin) {
                double sum = 0, largest = 0;
                bool any = false;  // instead of an infinity that begins the maximum: -ffast-math knows none
                dim inside = 0;
                rows.visit_points(bin / s.columns, [&](const detail::roi_point& row) {
                    inside += columns.visit_points(bin % s.columns, [&](const detail::roi_point& column) {
                        const auto take = [&](dim i, double weight_of_row, dim j, double weight_of_column) {
                            const double v = weight_of_row * weight_of_column *
                                             static_cast<double>(x[index(image * plane + i * width + j)]);
                            sum += v;
                            largest = any ? functions::max{}(largest, v) : v;
                            any = true;
                        };
                        take(row.low, 1 - row.weight_of_high, column.low, 1 - column.weight_of_high);
                        take(row.low, 1 - row.weight_of_high, column.high, column.weight_of_high);
                        take(row.high, row.weight_of_high, column.low, 1 - column.weight_of_high);
                        take(row.high, row.weight_of_high, column.high, column.weight_of_high);
                    });
                });
                largest = static_cast<double>(inside) < all ? functions::max{}(largest, 0.0) : largest;
                y[to++] = static_cast<T>(s.mode == roi_mode::avg ? sum / all : largest);
            }
        }
    }
}

/// Counts the steps of the definition: an adaptive grid has at most twice as many points along an axis as the image.
constexpr dim work(const roi_align_spec& s)
{
    const dim grid = saturating_product(s.sampling_ratio, s.sampling_ratio, s.rows, s.columns);
    return saturating_product(4, s.rois.shape[0], s.x.shape[1],
        s.sampling_ratio > 0 ? grid : saturating_sum(s.x.shape.count(2, 4), saturating_product(s.rows, s.columns)));
}

constexpr axis_flow flow_of(const roi_align_spec&, int operand, const axis_part& part)
{
    if (operand > 0 && part.axis == 0) {
        return preserved(part, 0);
    }
    return operand == 0 && part.axis == 1 ? preserved(part, 1) : mixed("pools regions of");
}

template <auto Result, class Operands, roi_align_attributes Attributes = roi_align_attributes{},
    class Secondary = into<>>
using roi_align = layer<roi_align_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
