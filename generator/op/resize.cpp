// Imports Resize and Upsample, its predecessor.
#include "import/choice.hpp"
#include "import/operator_table.hpp"
#include <algorithm>
#include <cameo/op/resize.hpp>
#include <cmath>

namespace cameo::generator {

namespace {

using axis_list = std::vector<int>;

/// Returns attributes that leave every axis unchanged.
resize_attributes unchanged(const shape& x)
{
    resize_attributes a;
    a.to = x;
    for (int axis = 0; axis < x.rank; ++axis) {
        a.scales[index(axis)] = 1;
    }
    return a;
}

/// Returns the axes to which scales, sizes and roi refer.
axis_list resized_axes(const source_node& n, int rank)
{
    axis_list axes;
    for (const dim a : n.integers("axes")) {
        axes.push_back(n.axis(a, rank));
        if (std::count(axes.begin(), axes.end(), axes.back()) > 1) {
            throw unsupported("axis {} is given twice", a);
        }
    }
    if (axes.empty()) {
        for (int axis = 0; axis < rank; ++axis) {
            axes.push_back(axis);
        }
    }
    return axes;
}

/// Returns the `count` numbers of a constant operand; none if it is absent or empty.
std::vector<double> constant_numbers(const source_node& n, std::size_t i, std::string_view name, std::size_t count)
{
    const tensor* t = n.constant(i, name);
    const std::vector<double> all = t ? numbers(*t) : std::vector<double>();
    if (!all.empty() && all.size() != count) {
        throw unsupported("operand '{}' must have {} elements, found {}", name, count, all.size());
    }
    return all;
}

dim to_extent(double v)
{
    if (!(v >= 0 && v <= 1LL << 40)) {
        throw unsupported("an axis would have {} elements", v);
    }
    return static_cast<dim>(v);
}

void apply_scales(resize_attributes& a, const axis_list& axes, const std::vector<double>& scales)
{
    if (scales.size() != axes.size()) {
        throw unsupported("{} scales for {} axes", scales.size(), axes.size());
    }
    for (std::size_t i = 0; i < axes.size(); ++i) {
        a.scales[index(axes[i])] = scales[i];
    }
    a.to = {};
}

void apply_sizes(
    resize_attributes& a, const axis_list& axes, const std::vector<double>& sizes, const std::string& policy)
{
    if (policy != "stretch" && policy != "not_larger" && policy != "not_smaller") {
        throw unsupported(
            "attribute 'keep_aspect_ratio_policy' must be stretch, not_larger or not_smaller, found '{}'", policy);
    }
    std::vector<double> scales;
    for (std::size_t i = 0; i < axes.size(); ++i) {
        if (a.to[axes[i]] == 0) {
            throw unsupported("axis {} is empty: it cannot be resized", axes[i]);
        }
        scales.push_back(sizes[i] / static_cast<double>(a.to[axes[i]]));
    }
    const auto [smallest, largest] = std::minmax_element(scales.begin(), scales.end());
    const double common = scales.empty() ? 1 : policy == "not_larger" ? *smallest : *largest;
    const bool stretch = policy == "stretch";
    for (std::size_t i = 0; i < axes.size(); ++i) {
        a.scales[index(axes[i])] = common;
        a.to[axes[i]] = to_extent(stretch ? sizes[i] : common * static_cast<double>(a.to[axes[i]]) + 0.5);
    }
    if (stretch) {
        a.scales = {};
    }
}

/// Imports Resize before opset 11, where ONNX does not define what is nearest. Like onnxruntime, it divides a
/// coordinate by the scale and rounds down, or up if the axis shrinks.
void import_plain_resize(source_node& n, const std::vector<double>& scales)
{
    resize_attributes a = unchanged(n.type(0).shape);
    apply_scales(a, resized_axes(n, a.to.rank), scales);
    const bool named_otherwise = n.opset() < 7 && n.text("mode", "nearest") == "bilinear";
    a.mode = named_otherwise ? interpolation::linear : choice<interpolation>(n, "mode", "nearest");
    if (a.mode == interpolation::cubic) {
        throw unsupported("attribute 'mode' must be nearest or linear before opset 11");
    }
    a.coordinates = coordinate_transformation::asymmetric;
    const bool shrinks = std::any_of(scales.begin(), scales.end(), [](double s) { return s < 1; });
    const bool grows = std::any_of(scales.begin(), scales.end(), [](double s) { return s > 1; });
    if (a.mode == interpolation::nearest && shrinks && grows) {
        throw unsupported("nearest elements where one axis shrinks and another grows are not defined before opset 11");
    }
    if (a.mode == interpolation::nearest) {
        a.nearest_mode = shrinks ? nearest_mode::ceil : nearest_mode::floor;
    }
    n.become<resize_spec>(a, {n.required_operand(0)});
}

/// Reads a factor for each axis; in opset 1, for the rows and columns of images.
std::vector<double> scales_of_upsample(const source_node& n)
{
    const int rank = n.type(0).shape.rank;
    if (n.opset() >= 9) {
        return constant_numbers(n, 1, "scales", static_cast<std::size_t>(rank));
    }
    if (n.opset() >= 7) {
        return n.numbers("scales");
    }
    if (rank != 4) {
        throw unsupported("before opset 7, the input must have 4 axes, found {}", to_string(n.type(0)));
    }
    return {1, 1, n.number("height_scale", 0), n.number("width_scale", 0)};
}

void import_upsample(source_node& n)
{
    const std::vector<double> scales = scales_of_upsample(n);
    for (const double s : scales) {
        if (!(s >= 1)) {
            throw unsupported("scales must be at least 1, found {}", s);
        }
    }
    import_plain_resize(n, scales);
}

void import_roi(const source_node& n, resize_attributes& a, const axis_list& axes)
{
    for (int axis = 0; axis < n.type(0).shape.rank; ++axis) {
        a.roi_end[index(axis)] = 1;
    }
    const std::vector<double> roi = constant_numbers(n, 1, "roi", 2 * axes.size());
    if (roi.empty()) {
        throw unsupported("tf_crop_and_resize needs a roi");
    }
    for (std::size_t i = 0; i < axes.size(); ++i) {
        a.roi_start[index(axes[i])] = roi[i];
        a.roi_end[index(axes[i])] = roi[axes.size() + i];
    }
}

void import_resize(source_node& n)
{
    const shape& x = n.type(0).shape;
    if (n.opset() < 11) {
        return import_plain_resize(n, constant_numbers(n, 1, "scales", static_cast<std::size_t>(x.rank)));
    }
    resize_attributes a = unchanged(x);
    const axis_list axes = resized_axes(n, x.rank);
    const std::vector<double> scales = constant_numbers(n, 2, "scales", axes.size());
    const std::vector<double> sizes = constant_numbers(n, 3, "sizes", axes.size());
    if (scales.empty() == sizes.empty() && !axes.empty()) {
        throw unsupported("either scales or sizes must be given, found {}", scales.empty() ? "none" : "both");
    }
    if (sizes.empty()) {
        apply_scales(a, axes, scales);
    } else {
        apply_sizes(a, axes, sizes, n.text("keep_aspect_ratio_policy", "stretch"));
    }
    a.mode = choice<interpolation>(n, "mode", "nearest");
    a.coordinates = choice<coordinate_transformation>(n, "coordinate_transformation_mode", "half_pixel");
    if (a.coordinates == coordinate_transformation::tf_crop_and_resize) {
        import_roi(n, a, axes);
        a.extrapolation_value = n.number("extrapolation_value", 0);
    }
    n.ignore({"cubic_coeff_a", "extrapolation_value", "keep_aspect_ratio_policy", "nearest_mode"});  // each of one mode
    if (a.mode == interpolation::nearest) {
        a.nearest_mode = choice<nearest_mode>(n, "nearest_mode", "round_prefer_floor");
    }
    if (a.mode == interpolation::cubic) {
        a.cubic_coeff_a = n.number("cubic_coeff_a", -0.75);
    }
    a.exclude_outside = n.integer("exclude_outside", 0) != 0;
    a.antialias = n.integer("antialias", 0) != 0;
    n.become<resize_spec>(a, {n.required_operand(0)});
}

}  // namespace

void add_resize(operator_table& table)
{
    table.add<resize_spec>("Resize", {10, 11, 13, 18, 19}, import_resize, "`scales`, `sizes` and `roi` are constant");
    table.add<resize_spec>("Upsample", {1, 7, 9, 10}, import_upsample, "`scales` is constant");
}

}  // namespace cameo::generator
