// Imports NonMaxSuppression, whose result has a capacity and a count.
#include "import/operator_table.hpp"
#include <algorithm>
#include <cameo/op/non_max_suppression.hpp>

namespace cameo::generator {

namespace {

/// Reads operand k as one constant number; `otherwise` if it is absent.
double threshold(source_node& n, std::size_t k, std::string_view name, double otherwise)
{
    const tensor* t = n.constant_number(k, name);
    return t ? numbers(*t)[0] : otherwise;
}

void import_non_max_suppression(source_node& n)
{
    const shape &boxes = n.type(0).shape, &scores = n.type(1).shape;
    if (boxes.rank != 3 || scores.rank != 3) {
        throw unsupported(
            "boxes and scores must have three axes, found {} and {}", to_string(n.type(0)), to_string(n.type(1)));
    }
    non_max_suppression_attributes a;
    const tensor* most = n.constant_number(2, "max_output_boxes_per_class");
    a.max_output_boxes_per_class = most ? std::clamp(integers(*most)[0], dim{0}, boxes[1]) : 0;
    a.iou_threshold = threshold(n, 3, "iou_threshold", 0);
    a.has_score_threshold = n.operand(4) != nullptr;
    a.score_threshold = threshold(n, 4, "score_threshold", 0);
    a.center_point_box = n.integer("center_point_box", 0) != 0;
    a.capacity = n.capacity(0, scores[0] * scores[1] * a.max_output_boxes_per_class);
    const std::vector<value*> results =
        n.add<non_max_suppression_spec>(a, {n.required_operand(0), n.required_operand(1)}, 2);
    results[0]->extent = {0, results[1]};
    n.set_result(0, results[0]);
}

}  // namespace

void add_non_max_suppression(operator_table& table)
{
    table.add<non_max_suppression_spec>("NonMaxSuppression", {10, 11}, import_non_max_suppression,
        "`max_output_boxes_per_class`, `iou_threshold` and `score_threshold` are constant; the result is "
        "padded to the most that there can be, or to --bound");
}

}  // namespace cameo::generator
