// NonMaxSuppression: overlaps, corners in any order, thresholds, and a capacity below the number of boxes.
#include <cameo/op/non_max_suppression.hpp>

namespace cameo {
namespace {

/// Two boxes that overlap by half of their union, the second with corners the other way round, and one apart; the
/// second has the best score.
constexpr std::array<float, 12> boxes{0, 0, 1, 3, 1, 4, 0, 1, 5, 5, 6, 6};
constexpr std::array<float, 3> scores{0.5f, 0.9f, 0.4f};

constexpr std::array<std::int64_t, 3> kept(non_max_suppression_attributes a, dim capacity = 3)
{
    a.capacity = capacity;
    a.max_output_boxes_per_class = a.max_output_boxes_per_class ? a.max_output_boxes_per_class : 3;
    std::array<std::int64_t, 9> y{};
    std::array<std::int64_t, 6> scratch{};
    std::array<std::int64_t, 1> count{};
    evaluate(non_max_suppression_spec{a, f32<1, 3, 4>, f32<1, 1, 3>}, std::span<const float>(boxes),
        std::span<const float>(scores), std::span(y).first(index(3 * capacity)), std::span<std::int64_t>(count),
        std::span(scratch));
    return {count[0], y[2], y[5]};
}

static_assert(kept({.iou_threshold = 0.4}) == std::array<std::int64_t, 3>{2, 1, 2});
static_assert(kept({.iou_threshold = 0.6}) == std::array<std::int64_t, 3>{3, 1, 0});
static_assert(kept({.iou_threshold = 0.6, .has_score_threshold = true, .score_threshold = 0.5}) ==
              std::array<std::int64_t, 3>{1, 1, 0});
static_assert(kept({.max_output_boxes_per_class = 1, .iou_threshold = 0.6}) == std::array<std::int64_t, 3>{1, 1, 0});
static_assert(kept({.iou_threshold = 0.6}, 1) == std::array<std::int64_t, 3>{3, 1, 0});
static_assert(check(non_max_suppression_spec{{}, f32<1, 3, 4>, f32<1, 1, 2>}) ==
              non_max_suppression_problem::scores_must_be_images_x_classes_x_boxes);

}  // namespace
}  // namespace cameo
