// Imports GridSample, under the mode names of every opset.
#include "import/choice.hpp"
#include "import/operator_table.hpp"
#include <cameo/op/grid_sample.hpp>

namespace cameo::generator {

namespace {

/// Reads the mode, which has other names before opset 20, where images have two axes.
interpolation mode(const source_node& n)
{
    if (n.opset() >= 20) {
        return choice<interpolation>(n, "mode", "linear");
    }
    const std::string text = n.text("mode", "bilinear");
    if (text == "bilinear") {
        return interpolation::linear;
    }
    if (text == "bicubic") {
        return interpolation::cubic;
    }
    if (text == "nearest") {
        return interpolation::nearest;
    }
    throw unsupported("attribute 'mode' must be bilinear, bicubic or nearest, found '{}'", text);
}

void import_grid_sample(source_node& n)
{
    const auto padding = choice<grid_padding>(n, "padding_mode", "zeros");
    n.become<grid_sample_spec>(
        {mode(n), padding, n.integer("align_corners", 0) != 0}, {n.required_operand(0), n.required_operand(1)});
}

}  // namespace

void add_grid_sample(operator_table& table)
{
    table.add<grid_sample_spec>("GridSample", {16, 20, 22}, import_grid_sample);
}

}  // namespace cameo::generator
