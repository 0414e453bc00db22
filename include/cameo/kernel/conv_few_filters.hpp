// Convolution with few filters: input channels fill the lanes and are summed at the end, since blocks of output
// channels would be mostly empty.
#pragma once
#include <cameo/core/keep_stores.hpp>
#include <cameo/kernel/conv_loops.hpp>
#include <cameo/kernel/register_tile.hpp>

namespace cameo::inline CAMEO_TARGET::detail {

/// The result, and what is added to it, are plain: a row of pixels for each filter.
template <conv_spec S, tensor_type Y>
struct conv_few_filters {
    using loops = conv_loops<S, Y>;
    static constexpr dim filters = S.w.shape[0], blocks_in = blocks(S.w.shape[1]),
                         filter = blocks_in * loops::taps_down * loops::taps_across * block;
    static constexpr dim tile =
        std::min(std::max<dim>(1, std::min<dim>(simd::accumulators / filters, 12)), loops::columns);

    template <dim Pixels>
    [[gnu::noinline]] static void run_pixels(
        const float* x, const float* w, const float* b, const float* residual, float* y) noexcept
    {
        batch sum[index(filters)][index(Pixels)];
        for (auto& of_filter : sum) {
            for (batch& s : of_filter) {
                s = batch(0.0f);
            }
        }
        for (dim c = 0; c < blocks_in; ++c) {
            for (dim p = 0; p < loops::taps_down; ++p) {
                const float* from = x + c * loops::x.plane() + p * loops::dilation_down * loops::x.row();
#pragma GCC unroll 1
                for (dim q = 0; q < loops::taps_across; ++q, from += loops::dilation_across * block, w += block)
#pragma GCC unroll 4
                    for (dim v = 0; v < block; v += batch_lanes) {
                        batch weight[index(filters)];
#pragma GCC unroll 4
                        for (dim m = 0; m < filters; ++m) {
                            weight[m] = simd::keep_in_register(batch::load_aligned(w + m * filter + v));
                        }
#pragma GCC unroll 32
                        for (dim t = 0; t < Pixels; ++t) {
                            const batch input = simd::keep_in_register(
                                batch::load_aligned(from + t * loops::stride_across * block + v));
#pragma GCC unroll 4
                            for (dim m = 0; m < filters; ++m) {
                                sum[m][t] = simd::multiply_add(input, weight[m], sum[m][t]);
                            }
                        }
                    }
            }
        }
        // Unrolled, or the sums would be kept in memory to be found by number.
#pragma GCC unroll 4
        for (dim m = 0; m < filters; ++m)
#pragma GCC unroll 32
            for (dim t = 0; t < Pixels; ++t) {
                const float total = simd::sum_of(sum[m][t]) + (b ? b[m] : 0.0f);
                y[m * loops::y.plane() + t] = apply_epilogue<S.epilogue>(
                    total, loops::spec.residual.present() ? residual[m * loops::residual.plane() + t] : 0.0f);
            }
        keep_stores();
    }

    static void run(const conv_operands& of) noexcept
    {
        for (dim n = 0; n < loops::x.batch; ++n) {
            for (dim row = 0; row < loops::rows; ++row) {
                const float* const from = of.x + n * blocks_in * loops::x.plane() + loops::reads(row);
                const dim place = n * filters * loops::y.plane() + loops::writes(row);
                for_each_tile<loops::columns, tile>([&]<dim Pixels>(dim t) {
                    run_pixels<Pixels>(from + t * loops::stride_across * block, of.w, of.b,
                        of.residual ? of.residual + place + t : nullptr, of.y + place + t);
                });
            }
        }
    }
};

}  // namespace cameo::inline CAMEO_TARGET::detail
