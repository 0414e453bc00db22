// Imports RoiAlign.
#include "import/choice.hpp"
#include "import/operator_table.hpp"
#include <cameo/op/roi_align.hpp>

namespace cameo::generator {

namespace {

void import_roi_align(source_node& n)
{
    roi_align_attributes a;
    a.mode = choice<roi_mode>(n, "mode", "avg");
    a.coordinates = n.opset() < 16 ? roi_coordinates::output_half_pixel
                                   : choice<roi_coordinates>(n, "coordinate_transformation_mode", "half_pixel");
    a.rows = n.integer("output_height", 1);
    a.columns = n.integer("output_width", 1);
    a.sampling_ratio = n.integer("sampling_ratio", 0);
    a.spatial_scale = n.number("spatial_scale", 1);
    n.become<roi_align_spec>(a, {n.required_operand(0), n.required_operand(1), n.required_operand(2)});
}

}  // namespace

void add_roi_align(operator_table& table) { table.add<roi_align_spec>("RoiAlign", {10, 16, 22}, import_roi_align); }

}  // namespace cameo::generator
