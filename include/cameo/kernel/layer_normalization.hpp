// The fast paths of LayerNormalization: over rows, and over the planes of blocked storage.
#pragma once
#include <cameo/kernel/fold.hpp>
#include <cameo/kernel/layer_normalization_layout.hpp>
#include <cameo/kernel/simd/ordered.hpp>
#include <functional>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

/// Computes the squared distance of x from the mean, for vectors and numbers.
template <class V>
struct squared_distance {
    V mean;
    template <class U>
    [[gnu::always_inline]] U operator()(const U& x) const
    {
        const U distance = x - U(mean);
        return distance * distance;
    }
};

/// Returns the first axis, not before `axis`, from which on an operand of shape `from` is a single number or is laid
/// out as the elements are.
constexpr int first_axis_of_run(const shape& from, const shape& all, int axis)
{
    const per_axis strides = broadcast_strides(from, all), dense = strides_of(all);
    int constant = all.rank, alike = all.rank;
    while (constant > axis && (all[constant - 1] == 1 || strides[index(constant - 1)] == 0)) {
        --constant;
    }
    while (alike > axis && (all[alike - 1] == 1 || strides[index(alike - 1)] == dense[index(alike - 1)])) {
        --alike;
    }
    return constant < alike ? constant : alike;
}

}  // namespace detail

template <layer_normalization_spec Spec, tensor_type Result>
    requires(normalizes_rows(Spec) && Result.present() && Result.storage == storage{})
struct kernel<Spec, Result> {
    static constexpr layer_normalization_spec spec = Spec;

    template <class T>
    static void run(std::span<const T> x, std::span<const T> scale, optional_span<T> bias, std::span<T> y,
        optional_result<float> mean, optional_result<float> inverse_deviation) noexcept
    {
        per_axis at{};
        for (dim group = 0; group < groups; ++group) {
            const T* const from = x.data() + group * extent;
            const detail::moments<T> m = moments_of(from);
            if (!mean.empty()) {
                mean[index(group)] = static_cast<float>(m.mean);
            }
            if (!inverse_deviation.empty()) {
                inverse_deviation[index(group)] = static_cast<float>(m.inverse_deviation);
            }
            for (dim i = 0; i < extent; i += length, advance(at, runs)) {
                const T* const factor = scale.data() + dot(at, of_scale, runs.rank);
                const T* const addend = spec.bias.present() ? bias.data() + dot(at, of_bias, runs.rank) : nullptr;
                run_length(from + i, m, factor, addend, y.data() + group * extent + i);
            }
        }
    }

private:
    static constexpr shape all = spec.x.shape;
    static constexpr dim groups = all.count(0, spec.axis), extent = all.count(spec.axis, all.rank);
    static constexpr per_axis of_scale = broadcast_strides(spec.scale.shape, all),
                              of_bias = broadcast_strides(spec.bias.shape, all);
    // A run: elements whose scale is one number or lies as they do, and whose bias is or does.
    static constexpr int first_axis = std::max(detail::first_axis_of_run(spec.scale.shape, all, spec.axis),
        detail::first_axis_of_run(spec.bias.shape, all, spec.axis));
    static constexpr dim length = all.count(first_axis, all.rank);
    static constexpr shape runs = [] {
        shape s = all;
        s.rank = first_axis;
        return s;
    }();
    static constexpr bool is_dense(const per_axis& strides)
    {
        for (int axis = first_axis; axis < all.rank; ++axis) {
            if (strides[index(axis)] != 0) {
                return true;
            }
        }
        return false;
    }
    static constexpr bool dense_scale = is_dense(of_scale), dense_bias = is_dense(of_bias);

    template <class T>
    static detail::moments<T> moments_of(const T* x)
    {
        const auto same = [](const auto& v) { return v; };
        const T mean = spec.center ? simd::fold_row<extent>(x, T(0), same, std::plus{}) / static_cast<T>(extent) : T(0);
        const T variance =
            simd::fold_row<extent>(x, T(0), detail::squared_distance<T>{mean}, std::plus{}) / static_cast<T>(extent);
        return {mean, detail::quotient<T>(1, std::sqrt(variance + static_cast<T>(spec.epsilon)))};
    }

    template <class T>
    static void run_length(const T* x, const detail::moments<T>& m, const T* scale, const T* bias, T* y)
    {
        simd::for_each_piece<T, length>([&]<class V, dim Used>(dim i) {
            const auto operand = [&](const T* from, bool dense) {
                return dense ? simd::load<V, Used>(from + i) : V(*from);
            };
            const V normal = (simd::load<V, Used>(x + i) - V(m.mean)) * V(m.inverse_deviation),
                    factor = operand(scale, dense_scale);
            if constexpr (spec.bias.present()) {
                simd::store<Used>(simd::multiply_add(normal, factor, operand(bias, dense_bias)), y + i);
            } else {
                simd::store<Used>(normal * factor, y + i);
            }
        });
    }
};

/// Channels across the lanes. Zeros in the padding stay zeros: scale and bias are 0 there.
template <layer_normalization_spec Spec, tensor_type Result>
    requires(normalizes_planes(Spec) && is_blocked(Spec.x) && is_blocked(Result))
struct kernel<Spec, Result> {
    static constexpr layer_normalization_spec spec = Spec;
    static constexpr tensor_type result = Result;

    static void run(std::span<const float> x, std::span<const float> scale, std::span<const float> bias,
        std::span<float> y, absent_span, absent_span) noexcept
    {
        for (dim n = 0; n < from.batch; ++n) {
            for (dim c = 0; c < from.channels; c += lanes) {
                const float *const factor = scale.data() + c, *const addend =
                                                                  spec.bias.present() ? bias.data() + c : nullptr;
                const float* const source = x.data() + from.place(n, c, 0);
                float* const target = y.data() + to.place(n, c, 0);
                if (c + lanes <= from.channels) {
                    run_plane<lanes>(source, factor, addend, target);
                } else {
                    run_plane<from.channels % lanes>(source, factor, addend, target);
                }
            }
        }
        // Vectors of the last block that hold no channel.
        constexpr dim used = blocks_of_lanes * lanes, padding = from.channel_blocks * block - used;
        if constexpr (padding > 0) {
            for (dim n = 0; n < from.batch; ++n) {
                for (dim row = 0; row < from.rows; ++row) {
                    for (dim column = 0; column < from.columns; ++column) {
                        std::fill_n(y.data() + to.place(n, used, row, column), padding, 0.0f);
                    }
                }
            }
        }
    }

private:
    using vector = xsimd::batch<float>;
    static constexpr detail::stored_extents from{spec.x}, to{result};
    static constexpr dim lanes = simd::lanes_of<vector>, blocks_of_lanes = (from.channels + lanes - 1) / lanes;

    /// Normalizes the channels of one vector, the first Used of which exist.
    template <dim Used>
    static void run_plane(const float* x, const float* scale, const float* bias, float* y)
    {
        const auto mean_of = [&](const auto& term) {
            return simd::fold_columns<vector, lanes, from.columns, block>(
                       x, from.rows, from.row(), 0.0f, term, std::plus{}) /
                   vector(static_cast<float>(from.rows * from.columns));
        };
        const vector mean = spec.center ? mean_of([](const vector& v) { return v; }) : vector(0.0f);
        const vector variance = mean_of(detail::squared_distance<vector>{mean});
        const vector factor = simd::divide(simd::load<vector, Used>(scale),
            simd::as<vector>(
                xsimd::sqrt(simd::as<simd::ordered<vector>>(variance + vector(static_cast<float>(spec.epsilon))))));
        const vector addend = bias ? simd::load<vector, Used>(bias) : vector(0.0f);
        for (dim row = 0; row < from.rows; ++row) {
            for (dim column = 0; column < from.columns; ++column) {
                const vector v = vector::load_aligned(x + row * from.row() + column * block);
                simd::multiply_add(v - mean, factor, addend).store_aligned(y + row * to.row() + column * block);
            }
        }
    }
};

}  // namespace cameo::inline CAMEO_TARGET
