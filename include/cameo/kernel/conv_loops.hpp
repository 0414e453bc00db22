// The loops over rows and columns that the kernels of convolution share.
#pragma once
#include <cameo/kernel/conv_layout.hpp>

namespace cameo::inline CAMEO_TARGET::detail {

/// With one spatial axis there is one row.
template <auto S, tensor_type Y>
struct conv_loops {
    static constexpr auto spec = S;
    static constexpr bool flat = S.x.shape.rank == 3;
    static constexpr dim first_pad = flat ? 0 : S.window.pad_begin(0), last_pad = S.window.pad_begin(flat ? 0 : 1);
    static constexpr int column_axis = flat ? 0 : 1;
    static constexpr stored_extents x{S.x}, y{Y}, residual{S.residual};
    static constexpr dim taps_down = flat ? 1 : S.w.shape[2], taps_across = S.w.shape[S.w.shape.rank - 1];
    static constexpr dim stride_down = flat ? 1 : S.window.stride(0), stride_across = S.window.stride(column_axis);
    static constexpr dim dilation_down = flat ? 1 : S.window.dilation(0),
                         dilation_across = S.window.dilation(column_axis);
    static constexpr dim rows = y.rows, columns = y.columns;

    // A 1 x 1 convolution without edges is one long row.
    static constexpr bool one_row = taps_down == 1 && taps_across == 1 && stride_down == 1 && stride_across == 1 &&
                                    x.contiguous() && y.contiguous() && residual.contiguous() && x.plane() == y.plane();
    static constexpr dim walk_rows = one_row ? 1 : rows, walk_columns = one_row ? rows * columns : columns;

    /// Returns the first element that the window of row `row` reads, in a plane of the input.
    static constexpr dim reads(dim row) { return x.place(0, 0, row * stride_down - first_pad, -last_pad); }
    static constexpr dim writes(dim row) { return y.place(0, 0, row); }
    static constexpr dim adds(dim row) { return residual.place(0, 0, row); }
};

}  // namespace cameo::inline CAMEO_TARGET::detail
