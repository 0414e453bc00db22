// Imports Col2Im as a ConvTranspose whose filters each put one column element in its place.
#include "import/operator_table.hpp"
#include "import/window.hpp"
#include <cameo/op/conv_transpose.hpp>

namespace cameo::generator {

namespace {

/// Makes a filter for each channel and each place in a window, which is 1 at this place.
tensor place_filters(const source_node& n, element type, dim channels, const shape& block)
{
    shape s{saturating_product(channels, block.count()), 1};
    for (int axis = 0; axis < block.rank; ++axis) {
        s.append(block[axis]);
    }
    tensor t = n.make_constant({type, s});
    with_elements(t, [&]<class T>(std::span<T> all) {
        for (dim filter = 0; filter < s[0]; ++filter) {
            all[index(filter * block.count() + filter % block.count())] = T(1);
        }
    });
    return t;
}

void import_col2im(source_node& n)
{
    const tensor_type& x = n.type(0);
    n.required_operand(2);
    const shape image = to_shape(n.constant_integers(1, "image_shape")),
                block = to_shape(n.constant_integers(2, "block_shape"));
    if (image.rank < 1 || image.rank > max_rank - 2 || !countable(image) || !countable(block) || block.count() < 1) {
        throw unsupported("images of {} axes and windows of {} elements", image.rank, block.count());
    }
    if (!is_floating(x.element) || x.shape.rank != 3 || x.shape[1] % block.count() != 0) {
        throw unsupported("the input must be floats of 3 axes, of which the second holds windows of {}, found {}",
            block.count(), to_string(x));
    }
    conv_transpose_attributes a{.window = import_window(n, image, block), .group = x.shape[1] / block.count()};
    shape windows{x.shape[0], x.shape[1]}, ends;
    for (int axis = 0; axis < image.rank; ++axis) {
        const dim count = a.window.positions(axis, image[axis], block[axis]);
        windows.append(count);
        ends.append((count - 1) * a.window.stride(axis) + a.window.extent(axis, block[axis]) -
                    a.window.pad_begin(axis) - image[axis]);
    }
    if (!countable(windows) || windows.count() != x.shape.count()) {
        throw unsupported("the input must hold as many columns as the image has windows, found {}", to_string(x));
    }
    a.window.pads_end = unless_all(ends, 0);
    value* filters = n.add_constant(place_filters(n, x.element, a.group, block));
    n.set_result(0, n.add<conv_transpose_spec>(a, {n.reshaped(n.required_operand(0), windows), filters})[0]);
}

}  // namespace

void add_col2im(operator_table& table)
{
    table.add<conv_transpose_spec>("Col2Im", {18}, import_col2im, "`image_shape` and `block_shape` are constant");
}

}  // namespace cameo::generator
