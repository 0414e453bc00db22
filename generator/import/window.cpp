#include "import/window.hpp"

namespace cameo::generator {

shape unless_all(const shape& list, dim neutral)
{
    for (int a = 0; a < list.rank; ++a)
        if (list[a] != neutral) return list;
    return {};
}

namespace {

shape list_of(const source_node& n, std::string_view name, int rank, dim otherwise)
{
    const shape list = to_shape(n.integers(name, std::vector<dim>(static_cast<std::size_t>(rank), otherwise)));
    if (list.rank != rank) throw unsupported("attribute '{}' must have {} elements, found {}", name, rank, list.rank);
    return list;
}

/// SAME: as many windows as strides fit, the padding split evenly; an odd one at the end (UPPER) or the beginning (LOWER).
void pad_same(window& w, const shape& extents, const shape& taps, bool upper)
{
    for (int a = 0; a < extents.rank; ++a) {
        const dim windows = (extents[a] + w.stride(a) - 1) / w.stride(a);
        const dim total = std::max<dim>(0, (windows - 1) * w.stride(a) + w.extent(a, taps[a]) - extents[a]);
        const dim begin = upper ? total / 2 : total - total / 2;
        w.pads_begin.append(begin);
        w.pads_end.append(total - begin);
    }
}

}  // namespace

window import_window(const source_node& n, const shape& extents, const shape& taps)
{
    if (taps.rank != extents.rank) throw unsupported("the kernel has {} axes, the input has {} spatial axes", taps.rank, extents.rank);
    window w;
    w.strides = list_of(n, "strides", taps.rank, 1);
    w.dilations = list_of(n, "dilations", taps.rank, 1);
    for (int a = 0; a < taps.rank; ++a)
        if (w.strides[a] < 1 || w.dilations[a] < 1 || taps[a] < 1) throw unsupported("strides, dilations and kernel extents must be positive");
    const std::string auto_pad = n.text("auto_pad", "NOTSET");
    if (auto_pad == "SAME_UPPER" || auto_pad == "SAME_LOWER") pad_same(w, extents, taps, auto_pad == "SAME_UPPER");
    else if (auto_pad == "NOTSET") {
        const shape pads = list_of(n, "pads", 2 * taps.rank, 0);
        for (int a = 0; a < taps.rank; ++a) {
            w.pads_begin.append(pads[a]);
            w.pads_end.append(pads[a + taps.rank]);
        }
    }
    else if (auto_pad != "VALID") throw unsupported("attribute 'auto_pad' must be NOTSET, SAME_UPPER, SAME_LOWER or VALID, found '{}'", auto_pad);
    w.strides = unless_all(w.strides, 1);
    w.dilations = unless_all(w.dilations, 1);
    w.pads_begin = unless_all(w.pads_begin, 0);
    w.pads_end = unless_all(w.pads_end, 0);
    return w;
}

namespace {

/// The extents that a transposed convolution is asked for: output_shape, or those of the input times the strides with SAME. Empty where pads are given.
shape asked_extents(const source_node& n, const window& w, const shape& extents, bool same)
{
    if (n.has("output_shape")) return list_of(n, "output_shape", extents.rank, 1);
    shape asked;
    for (int a = 0; same && a < extents.rank; ++a) asked.append(extents[a] * w.stride(a));
    return asked;
}

}  // namespace

window import_transposed_window(const source_node& n, const shape& extents, const shape& taps)
{
    const std::string auto_pad = n.text("auto_pad", "NOTSET");
    const bool same = auto_pad == "SAME_UPPER" || auto_pad == "SAME_LOWER";
    if (!same && auto_pad != "NOTSET" && auto_pad != "VALID")
        throw unsupported("attribute 'auto_pad' must be NOTSET, SAME_UPPER, SAME_LOWER or VALID, found '{}'", auto_pad);
    window w;
    w.strides = list_of(n, "strides", taps.rank, 1);
    w.dilations = list_of(n, "dilations", taps.rank, 1);
    const shape more = list_of(n, "output_padding", taps.rank, 0), pads = list_of(n, "pads", 2 * taps.rank, 0), asked = asked_extents(n, w, extents, same);
    for (int a = 0; a < taps.rank; ++a) {
        const dim whole = w.stride(a) * (extents[a] - 1) + w.extent(a, taps[a]) + more[a];
        if (asked.rank == 0) {
            w.pads_begin.append(auto_pad == "VALID" ? 0 : pads[a]);
            w.pads_end.append((auto_pad == "VALID" ? 0 : pads[a + taps.rank]) - more[a]);
            continue;
        }
        // Where a kernel shorter than its stride leaves less than is asked for: with SAME nothing is cut, as in ONNX's shape inference;
        // an output_shape adds at the end, as output_padding does.
        const dim lack = same ? 0 : std::max<dim>(0, asked[a] - whole);
        if (lack > 0 && lack >= w.stride(a))
            throw unsupported("attribute 'output_shape' asks for {} along spatial axis {}, where {} are computed", asked[a], a, whole);
        // An odd one is cut at the end with SAME_UPPER, at the beginning otherwise.
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
