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
    if constexpr (Axis >= s.x.shape.rank || Axis < 2) {
        return tap_table<1, 1>{{0}, {1}};
    } else {
        constexpr dim extent = s.extent(Axis), count = taps(s, Axis, 0).count;
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

struct column_range {
    dim first = 0, count = 0;
};

/// Returns the columns of the input that `count` columns of the result read, from `first` on.
template <dim Extent, dim Count>
constexpr column_range columns_read(const tap_table<Extent, Count>& columns, dim first, dim count)
{
    const auto from = columns.place.begin() + first * Count,
               to = columns.place.begin() + std::min(first + count, Extent) * Count;
    const auto [least, most] = std::minmax_element(from, to);
    return {*least, *most - *least + 1};
}

/// Does the same for every `Together` columns.
template <dim Together, dim Extent, dim Count>
constexpr auto parts_read(const tap_table<Extent, Count>& columns)
{
    std::array<column_range, index((Extent + Together - 1) / Together)> parts{};
    for (std::size_t k = 0; k < parts.size(); ++k) {
        parts[k] = columns_read(columns, static_cast<dim>(k) * Together, Together);
    }
    return parts;
}

/// Returns the most columns of the input that `count` columns of the result read, wherever they begin.
template <dim Extent, dim Count>
constexpr dim most_columns_read(const tap_table<Extent, Count>& columns, dim count)
{
    dim most = 0;
    for (dim first = 0; first < Extent; first += count) {
        most = std::max(most, columns_read(columns, first, count).count);
    }
    return most;
}

/// Returns how many columns of the result to compute together, so that what they read of a row fits the first-level
/// cache: `block` numbers a column.
template <dim Extent, dim Count>
constexpr dim columns_at_a_time(const tap_table<Extent, Count>& columns, dim block)
{
    constexpr dim most_numbers = 4096;
    dim together = Extent;
    while (together > 1 && most_columns_read(columns, together) * block > most_numbers) {
        together = (together + 1) / 2;
    }
    return together;
}

}  // namespace detail

template <resize_spec Spec, tensor_type Result>
    requires(resizes_rows(Spec) && stored_alike(Spec, Result))
struct kernel<Spec, Result> {
    static constexpr resize_spec spec = Spec;
    static constexpr tensor_type result = Result;

    static void run(std::span<const float> x, std::span<float> y) noexcept
    {
        std::array<float, index(detail::most_columns_read(columns, step) * source.block)> blended;
        for (dim plane = 0; plane < source.planes(); ++plane) {
            for (dim row = 0; row < target.rows; ++row) {
                const float* const first = x.data() + plane * source.plane() + source.place(0, 0, 0);
                float* const place = y.data() + plane * target.plane() + target.place(0, 0, row);
                for (dim column = 0; column < target.columns; column += step) {
                    const detail::column_range& read = parts[index(column / step)];
                    write_columns(blend(first, row, read, blended), read.first, place, column);
                }
            }
        }
    }

private:
    static constexpr int columns_axis = spec.x.shape.rank - 1;
    static constexpr auto rows = detail::make_tap_table<Spec, columns_axis == 3 ? 2 : 0>();
    static constexpr auto columns = detail::make_tap_table<Spec, columns_axis>();
    static constexpr detail::stored_extents source{spec.x}, target{result};

    /// Columns of the result that are computed together: what they read of a row, blended, fits the first-level cache.
    static constexpr dim step = detail::columns_at_a_time(columns, rows.count > 1 ? source.block : 0);
    static constexpr auto parts = detail::parts_read<step>(columns);

    /// Computes the weighted sum of input rows for row `row` of the result, in some columns; returns the input row
    /// itself if there is only one.
    static const float* blend(const float* x, dim row, const detail::column_range& read, auto& sum)
    {
        const auto tap = [&](dim k) {
            return x + rows.place[index(row * rows.count + k)] * source.row() + read.first * source.block;
        };
        if constexpr (rows.count == 1) {
            return tap(0);
        }
        const dim width = read.count * source.block;
        std::fill_n(sum.begin(), width, 0.0f);
        for (dim k = 0; k < rows.count; ++k) {
            const float weight = rows.weight[index(row * rows.count + k)];
            const float* const from = tap(k);
            for (dim i = 0; i < width; ++i) {
                sum[index(i)] += weight * from[i];
            }
        }
        return sum.data();
    }

    /// Writes columns from `begin` on; `row` begins with column `read_from` of the input.
    static void write_columns(const float* row, dim read_from, float* y, dim begin)
    {
        const dim end = std::min(begin + step, target.columns);
        y += begin * target.block;
        for (dim column = begin; column < end; ++column, y += target.block) {
            const std::size_t first = index(column * columns.count);
            if constexpr (columns.count == 1) {
                std::copy_n(row + (columns.place[first] - read_from) * source.block, source.block, y);
            } else {
                for (dim lane = 0; lane < source.block; ++lane) {
                    float sum = 0;
                    for (std::size_t k = 0; k < index(columns.count); ++k) {
                        sum += columns.weight[first + k] *
                               row[(columns.place[first + k] - read_from) * source.block + lane];
                    }
                    y[lane] = sum;
                }
            }
        }
    }
};

}  // namespace cameo::inline CAMEO_TARGET
