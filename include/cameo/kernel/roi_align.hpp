// The fast path of RoiAlign: the points of a region are found once for all channels, of which a vector is pooled at a
// time.
#pragma once
#include <cameo/kernel/roi_align_layout.hpp>
#include <cameo/kernel/simd/simd.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

/// The points of a region along one axis, bin by bin, as distances in memory and weights.
template <dim Bins, dim Most>
class region_points {
public:
    struct point {
        dim low, high;
        float weight_of_low, weight_of_high;
    };

    /// `stride` is the distance in memory from one element of the axis to the next.
    region_points(const roi_axis& axis, dim stride)
    {
        dim count = 0;
        for (dim bin = 0; bin < Bins; ++bin) {
            ends_[index(bin)] = count += axis.visit_points(bin, [&, at = count](const roi_point& p) mutable {
                points_[index(at++)] = {p.low * stride, p.high * stride, static_cast<float>(1 - p.weight_of_high),
                    static_cast<float>(p.weight_of_high)};
            });
        }
    }
    std::span<const point> of_bin(dim bin) const
    {
        const dim first = bin > 0 ? ends_[index(bin - 1)] : 0;
        return {points_.data() + first, points_.data() + ends_[index(bin)]};
    }

private:
    std::array<point, index(Most)> points_;
    std::array<dim, index(Bins)> ends_;
};

}  // namespace detail

template <roi_align_spec Spec, tensor_type Result>
    requires(pools_regions(Spec) && is_blocked(Spec.x) == is_blocked(Result))
struct kernel<Spec, Result> {
    static void run(std::span<const float> x, std::span<const float> rois, std::span<const std::int64_t> batch_indices,
        std::span<float> y) noexcept
    {
        for (dim r = 0; r < to.batch; ++r) {
            const auto [vertical, horizontal] = detail::region(spec, rois, r);
            const row_points rows(vertical, from.row());
            const column_points columns(horizontal, from.block);
            const double points = detail::points_of(vertical, horizontal);
            const dim image = nearest_index(batch_indices[index(r)], from.batch);
            for (dim i = 0; i < spec.rows; ++i) {
                for (dim j = 0; j < spec.columns; ++j) {
                    pool(x.data() + from.place(image, 0, 0), rows.of_bin(i), columns.of_bin(j), points,
                        y.data() + to.place(r, 0, i, j));
                }
            }
        }
    }

private:
    static constexpr roi_align_spec spec = Spec;
    static constexpr detail::stored_extents from{spec.x}, to{Result};
    static constexpr bool in_vectors = is_blocked(Result);
    using number = std::conditional_t<in_vectors, xsimd::batch<float>, float>;
    using row_points = detail::region_points<spec.rows, most_points(spec, from.rows, spec.rows)>;
    using column_points = detail::region_points<spec.columns, most_points(spec, from.columns, spec.columns)>;

    /// Pools a bin of all channels.
    static void pool(const float* image, auto rows, auto columns, double points, float* y)
    {
        const bool all_inside = static_cast<double>(rows.size() * columns.size()) == points;
        constexpr dim lanes = in_vectors ? simd::lanes_of<xsimd::batch<float>> : 1;
        for (dim c = 0; c < from.channel_blocks * from.block; c += lanes) {
            const float* const plane = image + from.distance(0, c, 0);
            float* const place = y + to.distance(0, c, 0);
            if constexpr (spec.mode == roi_mode::avg) {
                store(sum(plane, rows, columns) * number(static_cast<float>(1 / points)), place);
            } else {
                store(largest(plane, rows, columns, all_inside), place);
            }
        }
    }
    static number sum(const float* plane, auto rows, auto columns)
    {
        number total(0.0f);
        for (const auto& row : rows) {
            number low(0.0f), high(0.0f);
            for (const auto& column : columns) {
                const number first(column.weight_of_low), second(column.weight_of_high);
                low += first * load(plane + row.low + column.low) + second * load(plane + row.low + column.high);
                high += first * load(plane + row.high + column.low) + second * load(plane + row.high + column.high);
            }
            total += number(row.weight_of_low) * low + number(row.weight_of_high) * high;
        }
        return total;
    }
    static number largest(const float* plane, auto rows, auto columns, bool all_inside)
    {
        const auto product = [&](const float* at, float weight) { return load(at) * number(weight); };
        number found(0.0f);
        if (all_inside) {  // it begins with a point: -ffast-math knows no infinity
            const auto& row = rows.front();
            const auto& column = columns.front();
            found = product(plane + row.low + column.low, row.weight_of_low * column.weight_of_low);
        }
        const auto take = [&](const float* at, float weight) { found = larger(found, product(at, weight)); };
        for (const auto& row : rows) {
            for (const auto& column : columns) {
                take(plane + row.low + column.low, row.weight_of_low * column.weight_of_low);
                take(plane + row.low + column.high, row.weight_of_low * column.weight_of_high);
                take(plane + row.high + column.low, row.weight_of_high * column.weight_of_low);
                take(plane + row.high + column.high, row.weight_of_high * column.weight_of_high);
            }
        }
        return found;
    }

    static number load(const float* at)
    {
        if constexpr (in_vectors) {
            return number::load_aligned(at);
        } else {
            return *at;
        }
    }
    static void store(const number& v, float* at)
    {
        if constexpr (in_vectors) {
            v.store_aligned(at);
        } else {
            *at = v;
        }
    }
    static number larger(const number& a, const number& b)
    {
        if constexpr (in_vectors) {
            return simd::largest_or_nan(a, b);
        } else {
            return functions::max{}(a, b);
        }
    }
};

}  // namespace cameo::inline CAMEO_TARGET
