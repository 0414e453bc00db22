// Resampling along one axis: which input elements contribute to a result, and with which weights.
#pragma once
#include <cameo/core/floats.hpp>
#include <cameo/core/shape.hpp>

namespace cameo::inline CAMEO_TARGET {

enum class interpolation { nearest, linear, cubic };

/// How a coordinate of the result becomes one of the input.
enum class coordinate_transformation {
    half_pixel,
    half_pixel_symmetric,
    pytorch_half_pixel,
    align_corners,
    asymmetric,
    tf_half_pixel_for_nn,
    tf_crop_and_resize,
};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"  // of g++ alone: the names of an enum class shadow nothing
/// Which neighbour is the nearest.
enum class nearest_mode { round_prefer_floor, round_prefer_ceil, floor, ceil };
#pragma GCC diagnostic pop

/// One number per axis.
using factors = std::array<double, max_rank>;

/// One axis of a Resize.
struct resampled_axis {
    dim from = 1;      ///< its extent in the input
    dim to = 1;        ///< its extent in the result
    double scale = 1;  ///< about to / from: what the extent was rounded from
    double roi_start = 0;
    double roi_end = 1;

    constexpr double length() const { return scale * static_cast<double>(from); }
    constexpr double last() const { return static_cast<double>(from - 1); }

    /// Rounds to float32 where ONNX's reference does: at the region's edges, that decides whether the input ends before
    /// them.
    constexpr double roi_coordinate(double x) const
    {
        const auto span = static_cast<double>(static_cast<float>(roi_end - roi_start)),
                   start = static_cast<double>(static_cast<float>(roi_start * last()));
        return (length() == 1 ? span * last() / 2 : detail::quotient(x * span * last(), length() - 1)) + start;
    }
};

/// Returns the coordinate in the input of the element at `resized` of the result.
constexpr double original_coordinate(coordinate_transformation transformation, const resampled_axis& axis, dim resized)
{
    const auto x = static_cast<double>(resized);
    switch (transformation) {
    case coordinate_transformation::half_pixel: break;
    case coordinate_transformation::half_pixel_symmetric:
        return static_cast<double>(axis.from) / 2 *
                   (1 - detail::quotient(static_cast<double>(axis.to), axis.length())) +
               detail::quotient(x + 0.5, axis.scale) - 0.5;
    // 0, as ONNX's text has it; its reference implementation says -0.5.
    case coordinate_transformation::pytorch_half_pixel:
        if (axis.to <= 1) {
            return 0;
        }
        break;
    case coordinate_transformation::align_corners:
        return axis.length() == 1 ? 0 : detail::quotient(x * axis.last(), axis.length() - 1);
    case coordinate_transformation::asymmetric: return detail::quotient(x, axis.scale);
    case coordinate_transformation::tf_half_pixel_for_nn: return detail::quotient(x + 0.5, axis.scale);
    case coordinate_transformation::tf_crop_and_resize: return axis.roi_coordinate(x);
    }
    return detail::quotient(x + 0.5, axis.scale) - 0.5;
}

/// From here on every float64 is an integer.
inline constexpr double all_integers = 1LL << 52;

/// Returns the largest integer that is not above v, bounded so that the conversion is defined; NaN counts as the lower
/// bound. Neither std::floor nor std::nearbyint is a constant expression everywhere.
constexpr dim floor_of(double v)
{
    const auto truncated = static_cast<dim>(!(v >= -all_integers) ? -all_integers
                                            : v > all_integers    ? all_integers
                                                                  : v);
    return static_cast<double>(truncated) > v ? truncated - 1 : truncated;
}

/// Rounds to the nearest integer, ties to even.
constexpr double rounded(double v)
{
    if (!(v > -all_integers && v < all_integers)) {
        return v;
    }
    const dim left = floor_of(v);
    const double beyond = v - static_cast<double>(left);
    return static_cast<double>(beyond > 0.5 || (beyond == 0.5 && left % 2 != 0) ? left + 1 : left);
}

constexpr dim nearest_to(double x, nearest_mode mode)
{
    const dim left = floor_of(x);
    const double beyond = x - static_cast<double>(left);
    switch (mode) {
    case nearest_mode::round_prefer_floor: return beyond > 0.5 ? left + 1 : left;
    case nearest_mode::round_prefer_ceil: return beyond < 0.5 ? left : left + 1;
    case nearest_mode::floor: return left;
    case nearest_mode::ceil: return beyond > 0 ? left + 1 : left;
    }
    return left;
}

/// The weight of an element by its distance. A stretch below 1 makes the filter wider, against aliasing.
struct interpolation_filter {
    interpolation mode = interpolation::nearest;
    double cubic_coeff_a = -0.75;
    double stretch = 1;

    constexpr double operator()(double distance) const
    {
        const double d = (distance < 0 ? -distance : distance) * stretch, a = cubic_coeff_a;
        if (mode == interpolation::nearest) {
            return 1;
        }
        if (mode == interpolation::linear) {
            return d < 1 ? 1 - d : 0;
        }
        if (d <= 1) {
            return ((a + 2) * d - (a + 3)) * d * d + 1;
        }
        return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
    }
    /// Returns how many elements to the left of a point between two elements the filter reaches, and as many to the
    /// right.
    constexpr dim reach() const { return -floor_of((mode == interpolation::cubic ? -2 : -1) / stretch); }
};

/// The elements of the input that make one element of the result, on one axis.
struct axis_taps {
    interpolation_filter filter{};
    dim extent = 1;     ///< of the input
    double center = 0;  ///< in the input
    dim first = 0;      ///< may lie before the input
    dim count = 1;
    double total = 1;  ///< of the weights, where they are to be normalized
    bool exclude_outside = false;

    /// Returns where tap k reads, with the input's edges extended.
    constexpr dim place(dim k) const { return first + k < 0 ? 0 : first + k < extent ? first + k : extent - 1; }
    constexpr double weight(dim k) const
    {
        if (exclude_outside && place(k) != first + k) {
            return 0;
        }
        return detail::quotient(filter(static_cast<double>(first + k) - center), total);
    }
    /// Scales the weights so that their sum is 1, unless all are 0.
    constexpr void normalize()
    {
        double sum = 0;
        for (dim k = 0; k < count; ++k) {
            sum += weight(k);
        }
        if (sum != 0) {
            total = sum;
        }
    }
};

}  // namespace cameo::inline CAMEO_TARGET
