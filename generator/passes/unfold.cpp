// Splits a convolution of few channels into an unfolding (im2col) and a convolution of more channels with fewer taps.
#include "passes/unfold.hpp"

namespace cameo::generator {

namespace {

/// Unfolds windows of `kernel` x `kernel` taps, for filters of `taps` x `taps`.
unfolded_convolution unfolded(const conv_spec& s, dim kernel, dim dilation, dim taps)
{
    unfolded_convolution c;
    c.unfold.x = s.x;
    window& w = c.unfold.window;
    for (int a = 0; a < 2; ++a) {
        w.kernel_shape.append(kernel);
        w.strides.append(s.window.stride(a));
        w.dilations.append(dilation);
        w.pads_begin.append(s.window.pad_begin(a));
        const dim positions = result(s).shape[a + 2] + taps - 1;
        w.pads_end.append((positions - 1) * w.stride(a) + w.extent(a, kernel) - w.pad_begin(a) - s.x.shape[a + 2]);
    }
    c.conv = s;
    c.conv.window = {};
    c.conv.x = result(c.unfold);
    c.conv.w = {s.w.element, {s.w.shape[0], c.conv.x.shape[1], taps, taps}};
    return c;
}

}  // namespace

std::vector<unfolded_convolution> unfolded_convolutions(const conv_spec& s)
{
    const dim taps = s.w.shape[3], stride = s.window.stride(0);
    const auto share = [&](dim parts) { return (taps + parts - 1) / parts; };
    if (stride > 1) {
        return {unfolded(s, stride, 1, share(stride))};
    }
    std::vector<unfolded_convolution> all;
    for (dim parts = 2; share(parts) > 1; ++parts) {
        all.push_back(unfolded(s, parts, share(parts), share(parts)));
    }
    return all;
}

tensor unfold_filters(const tensor& filters, const unfolded_convolution& c)
{
    tensor all(c.conv.w);
    const shape &from = filters.type.shape, &to = c.conv.w.shape;
    const std::span<const float> source = filters.as<float>();
    const std::span<float> target = all.as<float>();
    std::size_t at = 0;
    for (dim m = 0; m < to[0]; ++m) {
        for (dim channel = 0; channel < to[1]; ++channel) {
            for (dim k = 0; k < to[2]; ++k) {
                for (dim l = 0; l < to[3]; ++l) {
                    // The position that the tap reads, counted from the first tap of the filter.
                    const auto tap = [&](int a, dim position) {
                        return c.unfold.reads(a, channel, position) + c.unfold.window.pad_begin(a);
                    };
                    const dim row = tap(0, k), column = tap(1, l);
                    const dim place = ((m * from[1] + channel / c.unfold.taps()) * from[2] + row) * from[3] + column;
                    target[at++] = row < from[2] && column < from[3] ? source[index(place)] : 0;
                }
            }
        }
    }
    return all;
}

}  // namespace cameo::generator
