// Reads kernel_shape, strides, dilations, pads and auto_pad of convolutions and pools into one description of windows.
#include "import/window.hpp"

namespace cameo::generator {

namespace {

/// The largest_extent extent: more than any network needs, and small enough that sums and products of two do not
/// overflow.
constexpr dim largest_extent = dim{1} << 30;

void check_range(std::string_view name, const shape& list, dim least)
{
    for (int a = 0; a < list.rank; ++a) {
        if (list[a] < least || list[a] > largest_extent) {
            throw unsupported("'{}' must be from {} to {}, found {}", name, least, largest_extent, list[a]);
        }
    }
}

/// Reads a list whose default is also its least permitted value.
shape list_of(const source_node& n, std::string_view name, int rank, dim least)
{
    const shape list = to_shape(n.integers(name, std::vector<dim>(static_cast<std::size_t>(rank), least)));
    if (list.rank != rank) {
        throw unsupported("attribute '{}' must have {} elements, found {}", name, rank, list.rank);
    }
    check_range(name, list, least);
    return list;
}

/// Reads what all windows have, strides and dilations; a kernel_shape must agree with the weights.
window strides_and_dilations(const source_node& n, const shape& taps)
{
    check_range("kernel_shape", taps, 1);
    if (n.has("kernel_shape") && to_shape(n.integers("kernel_shape")) != taps) {
        throw unsupported("attribute 'kernel_shape' is not that of the weights");
    }
    n.ignore({"pads"});  // beside auto_pad they say nothing
    window w;
    w.strides = list_of(n, "strides", taps.rank, 1);
    w.dilations = list_of(n, "dilations", taps.rank, 1);
    return w;
}

}  // namespace

window import_window(const source_node& n, const shape& extents, const shape& taps)
{
    if (taps.rank != extents.rank) {
        throw unsupported("the kernel has {} axes, the input has {} spatial axes", taps.rank, extents.rank);
    }
    window w = strides_and_dilations(n, taps);
    const std::string pads = n.text("auto_pad", "NOTSET");
    if (pads == "SAME_UPPER" || pads == "SAME_LOWER") {
        w.auto_pad = pads == "SAME_UPPER" ? auto_pad::same_upper : auto_pad::same_lower;
    } else if (pads == "NOTSET") {
        const shape given = list_of(n, "pads", 2 * taps.rank, 0);
        for (int a = 0; a < taps.rank; ++a) {
            w.pads_begin.append(given[a]);
            w.pads_end.append(given[a + taps.rank]);
        }
    } else if (pads != "VALID") {
        throw unsupported("attribute 'auto_pad' must be NOTSET, SAME_UPPER, SAME_LOWER or VALID, found '{}'", pads);
    }
    w.strides = unless_all(w.strides, 1);
    w.dilations = unless_all(w.dilations, 1);
    w.pads_begin = unless_all(w.pads_begin, 0);
    w.pads_end = unless_all(w.pads_end, 0);
    return w;
}

namespace {

/// Returns the extents that a transposed convolution must have: output_shape, or the input's extents times the strides
/// with SAME. It is empty if pads are given.
shape asked_extents(const source_node& n, const window& w, const shape& extents, bool same)
{
    if (n.has("output_shape")) {
        return list_of(n, "output_shape", extents.rank, 1);
    }
    shape asked;
    for (int a = 0; same && a < extents.rank; ++a) {
        asked.append(saturating_product(extents[a], w.stride(a)));
    }
    return asked;
}

}  // namespace

window import_pool_window(const source_node& n)
{
    const shape kernel = to_shape(n.integers("kernel_shape"));
    window w = import_window(n, spatial(n.type(0).shape), kernel);
    w.kernel_shape = kernel;
    w.ceil_mode = n.integer("ceil_mode", 0) != 0;
    return w;
}

window import_transposed_window(const source_node& n, const shape& extents, const shape& taps)
{
    const std::string auto_pad = n.text("auto_pad", "NOTSET");
    const bool same = auto_pad == "SAME_UPPER" || auto_pad == "SAME_LOWER";
    if (!same && auto_pad != "NOTSET" && auto_pad != "VALID") {
        throw unsupported("attribute 'auto_pad' must be NOTSET, SAME_UPPER, SAME_LOWER or VALID, found '{}'", auto_pad);
    }
    window w = strides_and_dilations(n, taps);
    const shape more = list_of(n, "output_padding", taps.rank, 0), pads = list_of(n, "pads", 2 * taps.rank, 0),
                asked = asked_extents(n, w, extents, same);
    for (int a = 0; a < taps.rank; ++a) {
        const dim whole = w.transposed(a, extents[a], taps[a]) + more[a];
        if (asked.rank == 0) {
            w.pads_begin.append(auto_pad == "VALID" ? 0 : pads[a]);
            w.pads_end.append((auto_pad == "VALID" ? 0 : pads[a + taps.rank]) - more[a]);
            continue;
        }
        // A kernel shorter than its stride yields fewer elements than requested. For output_shape, the missing ones are
        // added at the end, as by output_padding; the sum of both is less than a stride. SAME alone then cuts nothing,
        // as in ONNX's shape inference.
        const dim lack = n.has("output_shape") ? std::max<dim>(0, asked[a] - whole) : 0;
        if (lack > 0 && more[a] + lack >= w.stride(a)) {
            throw unsupported(
                "attribute 'output_shape' asks for {} along spatial axis {}, where at most {} can be computed",
                asked[a], a, std::max(whole, whole - more[a] + w.stride(a) - 1));
        }
        // An odd element is cut at the end with SAME_UPPER, at the beginning otherwise.
        const dim cut = std::max<dim>(0, whole - asked[a]), begin = auto_pad == "SAME_UPPER" ? cut / 2 : cut - cut / 2;
        w.pads_begin.append(begin);
        w.pads_end.append(cut - begin - more[a] - lack);
    }
    w.strides = unless_all(w.strides, 1);
    w.dilations = unless_all(w.dilations, 1);
    w.pads_begin = unless_all(w.pads_begin, 0);
    w.pads_end = unless_all(w.pads_end, 0);
    return w;
}

}  // namespace cameo::generator
