// The fast paths of Softmax and LogSoftmax: over contiguous rows, or over columns side by side.
#pragma once
#include <cameo/kernel/fold.hpp>
#include <cameo/kernel/function/library.hpp>
#include <cameo/kernel/softmax_layout.hpp>
#include <limits>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

/// Calls visit(vector at i, used lanes, i) for the pieces of a row of Count numbers.
template <dim Count, class T>
[[gnu::always_inline]] inline void for_each_vector(const T* x, auto visit)
{
    simd::for_each_piece<T, Count>(
        [&]<class V, dim Used>(dim i) { visit(simd::load<V, Used>(x + i), std::integral_constant<dim, Used>{}, i); });
}

/// Adds the used lanes; the others may hold anything.
template <dim Used, class V>
[[gnu::always_inline]] inline auto sum_of_used(const V& x)
{
    if constexpr (Used == simd::lanes_of<V>) {
        return simd::sum_of(x);
    } else {
        std::array<typename V::value_type, index(Used)> lane;
        simd::store<Used>(x, lane.data());
        typename V::value_type sum = 0;
        for (const auto& v : lane) {
            sum += v;
        }
        return sum;
    }
}

template <class V>
[[gnu::always_inline]] inline V exp_of(const V& x)
{
    return simd::as<V>(xsimd::exp(simd::as<simd::ordered<V>>(x)));
}
template <class V>
[[gnu::always_inline]] inline V log_of(const V& x)
{
    return simd::as<V>(xsimd::log(simd::as<simd::ordered<V>>(x)));
}

/// Computes one row of Count numbers. The result may overwrite the operand.
template <dim Count, bool Logarithm, class T>
void run_softmax(const T* x, T* y)
{
    using wide = xsimd::batch<T>;
    wide largest(x[0]);
    for_each_vector<Count>(x, [&]<class V>(const V& v, auto used, dim i) {
        if constexpr (std::is_same_v<V, wide> && used == simd::lanes_of<V>) {
            largest = simd::larger(largest, v);
        } else {
            for (dim k = 0; k < used; ++k) {
                largest = simd::larger(largest, wide(x[i + k]));
            }
        }
    });
    const T top = simd::largest_of(largest);
    wide sums(T(0));
    T sum = 0;
    for_each_vector<Count>(x, [&]<class V>(const V& v, auto used, dim i) {
        const V e = detail::exp_of(v - V(top));
        if constexpr (!Logarithm) {
            simd::store<used>(e, y + i);
        }
        if constexpr (std::is_same_v<V, wide> && used == simd::lanes_of<V>) {
            sums = sums + e;
        } else {
            sum += sum_of_used<used>(e);
        }
    });
    sum += simd::sum_of(sums);
    const T shift = Logarithm ? top + std::log(sum) : T(0), scale = detail::quotient(T(1), sum);
    for_each_vector<Count>(Logarithm ? x : y, [&]<class V>(const V& v, auto used, dim i) {
        simd::store<used>(Logarithm ? v - V(shift) : v * V(scale), y + i);
    });
}

/// Computes the columns of a matrix of Count rows and Inner columns. The result may overwrite the operand.
template <dim Count, dim Inner, bool Logarithm, class T>
void run_softmax_of_columns(const T* x, T* y)
{
    simd::for_each_piece<T, Inner>([&]<class V, dim Used>(dim i) {
        const V largest = simd::fold_columns<V, Used, Count, Inner>(
            x + i, 1, 0, std::numeric_limits<T>::lowest(), [](const V& v) { return v; },
            [](const V& a, const V& b) { return simd::larger(a, b); });
        V sum(T(0));
        for (dim k = 0; k < Count; ++k) {
            const V e = detail::exp_of(simd::load<V, Used>(x + k * Inner + i) - largest);
            if constexpr (!Logarithm) {
                simd::store<Used>(e, y + k * Inner + i);
            }
            sum = sum + e;
        }
        const V shift = Logarithm ? largest + detail::log_of(sum) : V(T(0)), scale = simd::divide(V(T(1)), sum);
        for (dim k = 0; k < Count; ++k) {
            const dim at = k * Inner + i;
            if constexpr (Logarithm) {
                simd::store<Used>(simd::load<V, Used>(x + at) - shift, y + at);
            } else {
                simd::store<Used>(simd::load<V, Used>(y + at) * scale, y + at);
            }
        }
    });
}

}  // namespace detail

template <softmax_spec Spec, tensor_type Result>
    requires(normalizes_vectors(Spec, Result))
struct kernel<Spec, Result> {
    static constexpr softmax_spec spec = Spec;
    static constexpr int overwrites = overwritten_operand(spec, Result);

    template <class T>
    static void run(std::span<const T> x, std::span<T> y) noexcept
    {
        constexpr dim outer = spec.x.shape.count(0, spec.first), count = spec.x.shape.count(spec.first, spec.last);
        constexpr dim inner = spec.x.shape.count(spec.last, spec.x.shape.rank);
        for (dim o = 0; o < outer; ++o) {
            const dim first = o * count * inner;
            if constexpr (inner == 1) {
                detail::run_softmax<count, spec.logarithm>(x.data() + first, y.data() + first);
            } else {
                detail::run_softmax_of_columns<count, inner, spec.logarithm>(x.data() + first, y.data() + first);
            }
        }
    }
};

}  // namespace cameo::inline CAMEO_TARGET
