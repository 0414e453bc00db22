// The fast path of Resize, a row at a time: input rows are blended into one, then its columns are resampled.
#pragma once
#include <algorithm>
#include <cameo/kernel/resize_layout.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

/// For each position along one axis of the result, Count positions of the input and their weights.
template <dim Extent, dim Count>
struct tap_table {
    static constexpr dim count = Count;
    std::array<dim, index(Extent* Count)> place{};
    std::array<float, index(Extent* Count)> weight{};
};

/// The table of an axis; one tap that reads place 0 where the value has no such axis.
template <resize_spec Spec, int Axis>
constexpr auto make_tap_table()
{
    constexpr resize_spec s = Spec;
    if constexpr (Axis >= s.to.rank || Axis < 2) {
        return tap_table<1, 1>{{0}, {1}};
    } else {
        constexpr dim extent = s.to[Axis], count = taps(s, Axis, 0).count;
        tap_table<extent, count> table;
        for (dim i = 0; i < extent; ++i) {
            const axis_taps t = taps(s, Axis, i);
            for (dim k = 0; k < count; ++k) {
                table.place[index(i * count + k)] = t.place(k);
                table.weight[index(i * count + k)] = static_cast<float>(t.weight(k));
            }
        }
        return table;
    }
}

}  // namespace detail

template <resize_spec Spec, tensor_type Result>
    requires(resizes_rows(Spec) && stored_alike(Spec, Result))
struct kernel<Spec, Result> {
    static constexpr resize_spec spec = Spec;
    static constexpr tensor_type result = Result;

    static void run(std::span<const float> x, std::span<float> y) noexcept
    {
        std::array<float, index(width)> blended;
        for (dim plane = 0; plane < source.planes(); ++plane) {
            for (dim row = 0; row < target.rows; ++row) {
                const float* const first = x.data() + plane * source.plane() + source.place(0, 0, 0);
                float* const place = y.data() + plane * target.plane() + target.place(0, 0, row);
                write_columns(blend(first, row, blended), place);
            }
        }
    }

private:
    static constexpr int columns_axis = spec.to.rank - 1;
    static constexpr auto rows = detail::make_tap_table<Spec, columns_axis == 3 ? 2 : 0>();
    static constexpr auto columns = detail::make_tap_table<Spec, columns_axis>();
    static constexpr detail::stored_extents source{spec.x}, target{result};
    /// Numbers in a row of the input, without its halo.
    static constexpr dim width = source.columns * source.block;

    /// Computes the weighted sum of input rows for row `row` of the result; returns the input row itself if there is
    /// only one.
    static const float* blend(const float* x, dim row, std::array<float, index(width)>& sum)
    {
        const auto tap = [&](dim k) { return x + rows.place[index(row * rows.count + k)] * source.row(); };
        if constexpr (rows.count == 1) {
            return tap(0);
        }
        std::fill(sum.begin(), sum.end(), 0.0f);
        for (dim k = 0; k < rows.count; ++k) {
            const float weight = rows.weight[index(row * rows.count + k)];
            const float* const from = tap(k);
            for (dim i = 0; i < width; ++i) {
                sum[index(i)] += weight * from[i];
            }
        }
        return sum.data();
    }

    static void write_columns(const float* row, float* y)
    {
        for (dim column = 0; column < target.columns; ++column, y += target.block) {
            const std::size_t first = index(column * columns.count);
            if constexpr (columns.count == 1) {
                std::copy_n(row + columns.place[first] * source.block, source.block, y);
            } else {
                for (dim lane = 0; lane < source.block; ++lane) {
                    float sum = 0;
                    for (std::size_t k = 0; k < index(columns.count); ++k) {
                        sum += columns.weight[first + k] * row[columns.place[first + k] * source.block + lane];
                    }
                    y[lane] = sum;
                }
            }
        }
    }
};

}  // namespace cameo::inline CAMEO_TARGET
