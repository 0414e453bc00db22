// What all pools share: windows that slide over each channel separately, their checks and shape rule.
#pragma once
#include <cameo/op/window.hpp>

namespace cameo::inline CAMEO_TARGET {

enum class pool_problem {
    none,
    kernel_shape_must_have_one_extent_for_each_spatial_axis,
    kernel_shape_strides_and_dilations_must_be_positive,
    window_is_larger_than_the_padded_input,
    a_window_lies_in_the_padding_alone,
    p_must_be_positive,
};

/// N x C x O1 … Ok with Oa = floor((padded - window) / stride) + 1.
constexpr tensor_type pooled(const tensor_type& x, const window& w)
{
    tensor_type y = x.plain();
    for (int a = 0; a < w.kernel_shape.rank; ++a) {
        y.shape[a + 2] = w.positions(a, x.shape[a + 2], w.kernel_shape[a]);
    }
    return y;
}

constexpr pool_problem check_pool(const shape& x, const window& w)
{
    using enum pool_problem;
    if (x.rank < 2 || w.kernel_shape.rank != x.rank - 2) {
        return kernel_shape_must_have_one_extent_for_each_spatial_axis;
    }
    if (!w.positive()) {
        return kernel_shape_strides_and_dilations_must_be_positive;
    }
    for (int a = 0; a < w.kernel_shape.rank; ++a) {
        const dim input = x[a + 2], taps = w.kernel_shape[a];
        if (w.extent(a, taps) > w.padded(a, input)) {
            return window_is_larger_than_the_padded_input;
        }
        if (!w.always_meets(a, input, taps)) {
            return a_window_lies_in_the_padding_alone;
        }
    }
    return none;
}

/// Calls visit(plane, at, to) for each window over each channel: where the channel begins in x, the window's position,
/// its place in the result.
template <class Visit>
constexpr void for_each_window(const tensor_type& x, const window& w, Visit visit)
{
    const shape places = spatial(pooled(x, w).shape);
    const dim plane = spatial(x.shape).count();
    std::size_t to = 0;
    for (dim channel = 0; channel < x.shape.count(0, 2); ++channel) {
        per_axis at{};
        do {
            visit(channel * plane, at, to++);
        } while (advance(at, places));
    }
}

}  // namespace cameo::inline CAMEO_TARGET
