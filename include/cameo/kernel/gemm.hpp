// The fast paths of Gemm: dense layers for one row (matrix times vector) or many.
#pragma once
#include <algorithm>
#include <cameo/kernel/gemm_layout.hpp>
#include <cameo/kernel/register_tile.hpp>
#include <cameo/kernel/scaled_weights.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

/// Rows of a by vectors of outputs that are summed in registers.
struct gemm_tile {
    dim rows = 1, vectors = 1;
};

/// Estimates the time of one step of k: multiply-adds, and loads of weights and of elements of a.
constexpr dim tile_cost(dim rows, dim vectors) { return 4 * rows * vectors + vectors + rows; }

/// Chooses the tile with the least estimated work for `rows` rows and `vectors` vectors of outputs. A tile has whole
/// blocks or all outputs.
constexpr gemm_tile choose_gemm_tile(dim rows, dim vectors, dim vectors_per_block)
{
    gemm_tile best{};
    dim best_cost = 0;
    const auto cover = [](dim extent, dim step, auto cost) {
        return extent / step * cost(step) + (extent % step == 0 ? 0 : cost(extent % step));
    };
    for (dim v = 1; v <= std::min<dim>(vectors, 8); ++v) {
        for (dim r = 1; r <= std::min<dim>(rows, 8) && (r == 1 || r * v + v < simd::registers); ++r) {
            if (v % vectors_per_block != 0 && v != vectors) {
                continue;
            }
            const dim cost =
                cover(vectors, v, [&](dim vs) { return cover(rows, r, [&](dim rs) { return tile_cost(rs, vs); }); });
            if (best_cost == 0 || cost <= best_cost) {
                best_cost = cost;
                best = {r, v};
            }
        }
    }
    return best;
}

/// Returns the elements from one row of a matrix to the next.
constexpr dim row_stride(const tensor_type& t) { return stored_extents(t).distance(1, 0, 0); }

template <gemm_spec Spec, tensor_type Result>
struct gemm_by_tiles {
    static constexpr gemm_spec spec = Spec;
    static constexpr tensor_type result = Result;
    static constexpr elementwise_expression epilogue = spec.epilogue;
    static constexpr dim m = spec.m(), k = spec.k(), n = spec.n();
    static constexpr bool plain_b = choose_method(spec) == gemm_method::matrix;
    static constexpr bool small = m * k * n <= small_products;
    // A small layer of one row waits for its sums: on Zen 4, twice as many half as wide take a tenth less time.
    static constexpr dim lanes =
        plain_b ? simd::choose_lanes_within(n) : std::min<dim>(simd::choose_lanes(n), (small && m == 1) ? 8 : block);
    static constexpr dim vectors = (n + lanes - 1) / lanes, vectors_per_block = plain_b ? 1 : block / lanes;
    static constexpr dim whole_vector =
        plain_b ? std::min(n, lanes) : lanes;  ///< columns of a vector that is not the last
    static constexpr gemm_tile tile = choose_gemm_tile(m, vectors, vectors_per_block);
    static constexpr dim a_row = row_stride(spec.a), y_row = row_stride(result),
                         residual_row = row_stride(spec.residual);
    static constexpr per_axis c_strides = broadcast_strides(spec.c.shape, cameo::result(spec).shape);
    static constexpr bool padded_y = is_blocked(result);
    static constexpr float alpha = static_cast<float>(spec.alpha), beta = static_cast<float>(spec.beta);
    using vector = simd::vector<float, lanes>;
    using weight = element_type<spec.b.element>;
    static constexpr bool scaled = spec.scale.present();
    static constexpr dim stored_k = spec.weights.stored_extent(k), scales = spec.weights.blocks_of(k);  ///< of a row
    static constexpr bool starts_with_c = spec.c.present() && alpha == 1 && beta == 1;

    struct operands {
        const float* a;
        const weight* b;
        const float *c, *residual;
        float* y;
        const float* scale = nullptr;
        const weight* zero_point = nullptr;
    };

    /// Loads c at a row and the lanes from column j on; Count of them are columns of the result.
    template <dim Count>
    [[gnu::always_inline]] static vector addend(const operands& x, dim i, dim j)
    {
        const float* const from = x.c + i * c_strides[0] + j * c_strides[1];
        if constexpr (!spec.c.present()) {
            return vector(0.0f);
        } else if constexpr (c_strides[1] == 0) {
            return vector(*from);
        } else if constexpr (is_blocked(spec.c)) {
            return vector::load_unaligned(from);
        } else {
            return simd::load<vector, Count>(from);
        }
    }

    /// Turns the sum of products into the result.
    template <dim Count>
    [[gnu::always_inline]] static void finish(const operands& x, dim i, dim j, vector sum)
    {
        if constexpr (alpha != 1) {
            sum = sum * vector(alpha);
        }
        if constexpr (spec.c.present() && !starts_with_c) {
            if constexpr (beta != 1) {
                sum = simd::multiply_add(vector(beta), addend<Count>(x, i, j), sum);
            } else {
                sum = sum + addend<Count>(x, i, j);
            }
        }
        if constexpr (spec.residual.present()) {
            sum = apply_epilogue<epilogue>(sum, simd::load<vector, Count>(x.residual + i * residual_row + j));
        } else {
            sum = apply_epilogue<epilogue>(sum, sum);
        }
        simd::store<Count>(sum, x.y + i * y_row + j);
        if constexpr (padded_y && Count < lanes) {
            for (dim lane = Count; lane < lanes; ++lane) {
                x.y[i * y_row + j + lane] = 0;
            }
        }
    }

    /// Returns how far vector v of Vectors, the last of which has Last columns of its own, lies behind the first. In a
    /// plain row that is long enough, the last one begins before the one before it ends: some columns are computed
    /// again, and no vector is partial.
    template <dim Vectors, dim Last>
    static constexpr dim column(dim v)
    {
        return v * lanes - (plain_b && n >= lanes && v + 1 == Vectors ? lanes - Last : 0);
    }

    /// Returns where element `at` of rows of `extent` lies for vector v of outputs.
    static constexpr dim place(dim v, dim at, dim extent)
    {
        return (v / vectors_per_block * extent + at) * block + v % vectors_per_block * lanes;
    }

    /// Computes rows from `row` on by Vectors vectors of outputs from `first` on.
    template <dim Rows, dim Vectors, dim Last>
    [[gnu::always_inline]] static void run_tile(const operands& x, dim row, dim first)
    {
        // Partial sums: a multiply-add waits four cycles for the one before, and two start each cycle.
        constexpr dim sets = std::min(k, std::clamp<dim>(8 / (Rows * Vectors), 1, 8));
        const float* const a = x.a + row * a_row;
        const weight* const b = x.b + (plain_b ? first * lanes : place(first, 0, stored_k));
        std::conditional_t<scaled, scaled_weights<weight, spec.weights, spec.zero_point.present(), vector>, char>
            of_block[index(Vectors)];
        vector sum[index(sets)][index(Rows)][index(Vectors)];
#pragma GCC unroll 8
        for (dim s = 0; s < sets; ++s)
#pragma GCC unroll 32
            for (dim r = 0; r < Rows; ++r)
#pragma GCC unroll 8
                for (dim v = 0; v < Vectors; ++v) {
                    const dim i = row + r, j = first * lanes + column<Vectors, Last>(v);
                    if (s > 0 || !starts_with_c) {
                        sum[s][r][v] = vector(0.0f);
                    } else {
                        sum[s][r][v] =
                            plain_b || v + 1 < Vectors ? addend<whole_vector>(x, i, j) : addend<Last>(x, i, j);
                    }
                }

        const auto step = [&](dim at, dim s) __attribute__((always_inline)) {
            vector factor[index(Vectors)];
#pragma GCC unroll 8
            for (dim v = 0; v < Vectors; ++v) {
                if constexpr (plain_b)
                    factor[v] = simd::load<vector, whole_vector>(b + at * n + column<Vectors, Last>(v));
                else if constexpr (scaled)
                    factor[v] = of_block[v].load(b + place(v, spec.weights.stored_place(at), stored_k), at);
                else
                    factor[v] = simd::widen<vector>(b + place(v, at, k));
            }
#pragma GCC unroll 32
            for (dim r = 0; r < Rows; ++r) {
                const vector element(a[r * a_row + at]);
#pragma GCC unroll 8
                for (dim v = 0; v < Vectors; ++v)
                    sum[s][r][v] = simd::multiply_add(element, factor[v], sum[s][r][v]);
            }
        };
        if constexpr (scaled) {
            for_each_tile<k, spec.weights.in_block(k)>([&]<dim Count>(dim start) __attribute__((always_inline)) {
#pragma GCC unroll 8
                for (dim v = 0; v < Vectors; ++v) {
                    of_block[v].read(x.scale, x.zero_point, place(first + v, start / spec.weights.in_block(k), scales));
                }
                for_each_step<Count, sets, Rows * Vectors>(
                    [&](dim at, dim s) __attribute__((always_inline)) { step(start + at, s); });
            });
        } else {
            for_each_step<k, sets, Rows * Vectors>(step);
        }

#pragma GCC unroll 32
        for (dim r = 0; r < Rows; ++r)
#pragma GCC unroll 8
            for (dim v = 0; v < Vectors; ++v) {
                const vector total = [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
                    return simd::tree_sum(sum[I][r][v]...);
                }(std::make_index_sequence<index(sets)>{});
                const dim j = first * lanes + column<Vectors, Last>(v);
                if (plain_b || v + 1 < Vectors) {
                    finish<whole_vector>(x, row + r, j, total);
                } else {
                    finish<Last>(x, row + r, j, total);
                }
            }
    }

    /// Computes all rows by Vectors vectors of outputs from `first` on, the last of which has Last columns of the
    /// result.
    template <dim Vectors, dim Last>
    [[gnu::always_inline]] static void run_columns(const operands& x, dim first)
    {
        for_each_tile<m, tile.rows>(
            [&]<dim Rows>(dim row) __attribute__((always_inline)) { run_tile<Rows, Vectors, Last>(x, row, first); });
    }

    [[gnu::always_inline]] static void run(const operands& x)
    {
        // The last vectors stand alone where some of their lanes are not columns of the result.
        constexpr dim last = n - (vectors - 1) * lanes;
        constexpr dim rest = vectors % tile.vectors != 0 ? vectors % tile.vectors
                             : last < lanes              ? tile.vectors
                                                         : 0,
                      whole = vectors - rest;
        for (dim first = 0; first < whole; first += tile.vectors) {
            run_columns<tile.vectors, lanes>(x, first);
        }
        if constexpr (rest > 0) {
            run_columns<rest, last>(x, whole);
        }
        if constexpr (padded_y && vectors % vectors_per_block != 0) {
            for (dim row = 0; row < m; ++row) {
                std::fill(x.y + row * y_row + vectors * lanes, x.y + (row + 1) * y_row, 0.0f);
            }
        }
    }
};

/// Few outputs of one row: every output is the product of two rows, which lie side by side in memory.
template <gemm_spec Spec, tensor_type Result>
struct gemm_by_rows {
    static constexpr gemm_spec spec = Spec;
    static constexpr dim k = spec.k(), n = spec.n();
    static constexpr dim of_c = broadcast_strides(spec.c.shape, cameo::result(spec).shape)[1];

    static void run(const float* a, const float* b, const float* c, const float* residual, float* y)
    {
        for (dim j = 0; j < n; ++j) {
            float sum = static_cast<float>(spec.alpha) * simd::dot_product<k>(a, b + j * k);
            if constexpr (spec.c.present()) {
                sum += static_cast<float>(spec.beta) * c[j * of_c];
            }
            y[j] = apply_epilogue<spec.epilogue>(sum, spec.residual.present() ? residual[j] : 0.0f);
        }
    }
};

}  // namespace detail

template <gemm_spec Spec, tensor_type Result>
    requires(stored_for(choose_method(Spec), Spec, Result) && works_on_vectors(Spec.epilogue))
struct kernel<Spec, Result> {
    static constexpr gemm_spec spec = Spec;
    static constexpr bool small = detail::gemm_by_tiles<Spec, Result>::small;
    using weight = element_type<spec.b.element>;
    [[gnu::always_inline]] static void run(std::span<const float> a, std::span<const weight> b,
        std::span<const float> c, std::span<const float> residual, std::span<const float> scale,
        std::span<const weight> zero_point, std::span<float> y) noexcept
    {
        if constexpr (choose_method(spec) == gemm_method::rows) {
            detail::gemm_by_rows<Spec, Result>::run(a.data(), b.data(), c.data(), residual.data(), y.data());
        } else {
            detail::gemm_by_tiles<Spec, Result>::run(
                {a.data(), b.data(), c.data(), residual.data(), y.data(), scale.data(), zero_point.data()});
        }
    }
};

}  // namespace cameo::inline CAMEO_TARGET
