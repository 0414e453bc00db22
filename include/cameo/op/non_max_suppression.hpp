// NonMaxSuppression: the best boxes of each class without overlaps, in a result of fixed capacity.
#pragma once
#include <cameo/core/floats.hpp>
#include <cameo/op/layer.hpp>

namespace cameo::inline CAMEO_TARGET {

struct non_max_suppression_attributes {
    dim max_output_boxes_per_class = 0;
    double iou_threshold = 0;
    bool has_score_threshold = false;
    double score_threshold = 0;
    bool center_point_box =
        false;         ///< boxes are x and y of the center, width, height; otherwise y, x, y, x of two opposite corners
    dim capacity = 0;  ///< boxes that there is room for
    static constexpr void each(auto visit)
    {
        visit("max_output_boxes_per_class", &non_max_suppression_attributes::max_output_boxes_per_class);
        visit("iou_threshold", &non_max_suppression_attributes::iou_threshold);
        visit("has_score_threshold", &non_max_suppression_attributes::has_score_threshold);
        visit("score_threshold", &non_max_suppression_attributes::score_threshold);
        visit("center_point_box", &non_max_suppression_attributes::center_point_box);
        visit("capacity", &non_max_suppression_attributes::capacity);
    }
};

/// ONNX NonMaxSuppression, opsets 10, 11: of each class of each image the boxes in the order of their scores, but for
/// those that overlap an earlier one by more than the threshold (intersection through union), as image, class, box;
/// then zeros. The second result is how many there are: beyond the capacity they are left out.
struct non_max_suppression_spec : non_max_suppression_attributes {
    using attributes = non_max_suppression_attributes;
    tensor_type boxes{};   ///< images x boxes x 4
    tensor_type scores{};  ///< images x classes x boxes

    static constexpr std::size_t scratch = 2;  // the boxes of a class in their order, then those that were taken
    template <class T>
    using signature = results<std::int64_t, std::int64_t, std::int64_t>(T, T);
    using parameters = type_list<floating_elements>;
};

enum class non_max_suppression_problem {
    none,
    boxes_must_be_images_x_boxes_x_4,
    scores_must_be_images_x_classes_x_boxes,
    capacity_is_negative
};

constexpr non_max_suppression_problem check(const non_max_suppression_spec& s)
{
    using enum non_max_suppression_problem;
    const shape &boxes = s.boxes.shape, &scores = s.scores.shape;
    if (boxes.rank != 3 || boxes[2] != 4) {
        return boxes_must_be_images_x_boxes_x_4;
    }
    if (scores.rank != 3 || scores[0] != boxes[0] || scores[2] != boxes[1]) {
        return scores_must_be_images_x_classes_x_boxes;
    }
    return s.capacity < 0 ? capacity_is_negative : none;
}

constexpr std::array<tensor_type, 3> result(const non_max_suppression_spec& s)
{
    return {{{element::int64, {s.capacity, 3}}, i64<>, {element::int64, {2 * s.boxes.shape[1]}}}};
}

namespace detail {

/// A box by its lower and upper corner.
template <class T>
struct box {
    T y0, x0, y1, x1;

    constexpr box(const T* p, bool center_point)
        : y0(center_point ? p[1] - p[3] / 2 : std::min(p[0], p[2])),
          x0(center_point ? p[0] - p[2] / 2 : std::min(p[1], p[3])),
          y1(center_point ? p[1] + p[3] / 2 : std::max(p[0], p[2])),
          x1(center_point ? p[0] + p[2] / 2 : std::max(p[1], p[3]))
    {
    }
    constexpr T area() const { return (y1 - y0) * (x1 - x0); }
    constexpr bool overlaps(const box& other, T threshold) const
    {
        const T height = std::min(y1, other.y1) - std::max(y0, other.y0),
                width = std::min(x1, other.x1) - std::max(x0, other.x0);
        if (!(height > 0 && width > 0)) {
            return false;
        }
        return height * width / (area() + other.area() - height * width) > threshold;
    }
};

}  // namespace detail

template <class T>
constexpr void evaluate(const non_max_suppression_spec& s, std::span<const T> boxes, std::span<const T> scores,
    optional_result<std::int64_t> y, optional_result<std::int64_t> count, std::span<std::int64_t> scratch)
{
    const dim images = s.scores.shape[0], classes = s.scores.shape[1], each = s.scores.shape[2];
    std::fill(y.begin(), y.end(), 0);
    dim found = 0;
    for (dim plane = 0; each > 0 && plane < images * classes; ++plane) {
        const T* const score = scores.data() + plane * each;
        const auto of = [&](dim i) {
            return detail::box<T>(boxes.data() + (plane / classes * each + i) * 4, s.center_point_box);
        };
        dim candidates = 0, taken = 0;
        for (dim i = 0; i < each; ++i) {
            if (!s.has_score_threshold || score[i] > static_cast<T>(s.score_threshold)) {
                scratch[index(candidates++)] = i;
            }
        }
        std::sort(scratch.begin(), scratch.begin() + candidates, [&](dim a, dim b) {
            const auto before = [](T u, T v) {
                return u > v || (detail::is_a_number(u) && !detail::is_a_number(v));
            };  // NaN comes last
            return before(score[a], score[b]) || (a < b && !before(score[b], score[a]));
        });
        for (dim c = 0; c < candidates && taken < s.max_output_boxes_per_class; ++c) {
            const dim i = scratch[index(c)];
            bool free = true;
            for (dim t = 0; t < taken && free; ++t) {
                free = !of(i).overlaps(of(scratch[index(each + t)]), static_cast<T>(s.iou_threshold));
            }
            if (!free) {
                continue;
            }
            scratch[index(each + taken++)] = i;
            if (const dim row[] = {plane / classes, plane % classes, i}; found < s.capacity && !y.empty()) {
                std::copy_n(row, 3, y.begin() + found * 3);
            }
            ++found;
        }
    }
    if (!count.empty()) {
        count[0] = found;
    }
}

/// Counts the steps of the definition, which are more than its elements.
constexpr dim work(const non_max_suppression_spec& s)
{
    return saturating_product(s.scores.shape.count(), s.scores.shape[2]);
}

template <auto Result, class Operands, non_max_suppression_attributes Attributes = non_max_suppression_attributes{},
    class Secondary = into<>>
using non_max_suppression = layer<non_max_suppression_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
