// Imports AffineGrid as a matrix product: homogeneous pixel coordinates times theta.
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include <cameo/op/gemm.hpp>
#include <cameo/op/matmul.hpp>

namespace cameo::generator {

namespace {

/// Maps a position on an axis to [-1, 1], which are the centers of the first and last element, or their outer edges.
double position(dim at, dim extent, bool align_corners)
{
    return align_corners ? 2 * static_cast<double>(at) / static_cast<double>(extent - 1) - 1
                         : (2 * static_cast<double>(at) + 1) / static_cast<double>(extent) - 1;
}

/// Makes a row for each element of the image: its coordinates, the last axis first, and 1.
tensor places(const source_node& n, element type, const shape& image, bool align_corners)
{
    tensor t = n.make_constant({type, {image.count(), image.rank + 1}});
    with_elements(t, [&]<class T>(std::span<T> all) {
        per_axis at{};
        for (auto to = all.begin(); to != all.end(); advance(at, image)) {
            for (int axis = image.rank - 1; axis >= 0; --axis) {
                *to++ = static_cast<T>(position(at[index(axis)], image[axis], align_corners));
            }
            *to++ = T(1);
        }
    });
    return t;
}

void import_affine_grid(source_node& n)
{
    const tensor_type& theta = n.type(0);
    n.required_operand(1);
    const shape size = to_shape(n.constant_integers(1, "size"));
    const bool align_corners = n.integer("align_corners", 0) != 0;
    if (size.rank < 4 || size.rank > 5 || !countable(size)) {
        throw unsupported("operand 'size' must be N, C and the extents of 2 or 3 axes, found {} extents", size.rank);
    }
    const int axes = size.rank - 2;
    if (!is_floating(theta.element) || theta.shape != shape{size[0], axes, axes + 1}) {
        throw unsupported("the matrices must be {}x{}x{} floats, found {}", size[0], axes, axes + 1, to_string(theta));
    }
    shape image, grid{size[0]};
    for (int axis = 2; axis < size.rank; ++axis) {
        if (align_corners && size[axis] == 1) {
            throw unsupported("an axis of one element has no corners to align");
        }
        image.append(size[axis]);
        grid.append(size[axis]);
    }
    grid.append(axes);
    value* y = product(n, n.add_constant(places(n, theta.element, image, align_corners)),
        transposed(n, n.required_operand(0), {0, 2, 1}));
    n.set_result(0, n.reshaped(y, grid));
}

}  // namespace

void add_affine_grid(operator_table& table)
{
    table.add<floating_elements, matmul_spec, gemm_spec>(
        "AffineGrid", {20}, import_affine_grid, "`size` is constant, of 4 or 5 numbers");
}

}  // namespace cameo::generator
