// The fast paths of reductions over neighbouring axes: along rows, or over columns side by side.
#pragma once
#include <cameo/function/abs.hpp>
#include <cameo/kernel/fold.hpp>
#include <cameo/kernel/function.hpp>
#include <cameo/op/reduce.hpp>
#include <functional>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

/// Which elements a reduction over neighbouring axes combines: `extent` that lie `inner` apart, in each of `outer`
/// parts.
struct reduced_extents {
    dim outer = 1, extent = 1, inner = 1;
    bool neighbouring = true;  ///< no axis between them is kept, unless it has one element
};

constexpr reduced_extents extents_of(const reduce_spec& s)
{
    reduced_extents e;
    for (int axis = 0; axis < s.x.shape.rank; ++axis) {
        const dim n = s.x.shape[axis];
        if (n == 1) {
            continue;
        }
        if (!s.reduces(axis)) {
            (e.extent == 1 ? e.outer : e.inner) *= n;
        } else if (e.inner == 1) {
            e.extent *= n;
        } else {
            e.neighbouring = false;
        }
    }
    return e;
}

/// Tells whether vectors of the elements' type can fold a reduction. A product would overflow where the definition's
/// wider type does not, and exponentials are no fold.
constexpr bool folds(const reduce_spec& s)
{
    using enum reduction;
    const reduction r = s.reduction;
    return is_floating(s.x.element) && s.x.shape.count() > 0 && s.x.storage == storage{} &&
           extents_of(s).neighbouring && r != prod && r != log_sum_exp;
}

/// How a reduction transforms an element, combines two, and finishes all of them, for vectors and numbers.
template <reduction R, dim Count, class T>
struct fold_steps {
    static constexpr T start = R == reduction::max ? lowest<T> : R == reduction::min ? highest<T> : T(0);

    template <class V>
    [[gnu::always_inline]] static V term(const V& v)
    {
        if constexpr (R == reduction::l1) {
            return simd::call(functions::abs{}, v);
        } else if constexpr (R == reduction::l2 || R == reduction::sum_square) {
            return v * v;
        } else {
            return v;
        }
    }
    template <class V>
    [[gnu::always_inline]] static V combine(const V& a, const V& b)
    {
        using vector = simd::ordered<V>;  // tells NaN
        if constexpr (R == reduction::max) {
            return simd::as<V>(simd::call(functions::max{}, simd::as<vector>(a), simd::as<vector>(b)));
        } else if constexpr (R == reduction::min) {
            return simd::as<V>(simd::call(functions::min{}, simd::as<vector>(a), simd::as<vector>(b)));
        } else {
            return a + b;
        }
    }
    template <class V>
    [[gnu::always_inline]] static V finish(const V& v)
    {
        using std::log;
        using std::sqrt;
        if constexpr (R == reduction::mean) {
            return v / static_cast<T>(Count);
        } else if constexpr (R == reduction::l2) {
            return sqrt(v);
        } else if constexpr (R == reduction::log_sum) {
            return log(v);
        } else {
            return v;
        }
    }
};

}  // namespace detail

template <reduce_spec Spec, tensor_type Result>
    requires(detail::folds(Spec) && Result.storage == storage{})
struct kernel<Spec, Result> {
    static constexpr reduce_spec spec = Spec;
    static constexpr detail::reduced_extents e = detail::extents_of(Spec);

    template <class T>
    static void run(std::span<const T> x, std::span<T> y) noexcept
    {
        using steps = detail::fold_steps<spec.reduction, e.extent, T>;
        const auto term = [](const auto& v) __attribute__((always_inline)) { return steps::term(v); };
        const auto combine = [](const auto& a, const auto& b)
                                 __attribute__((always_inline)) { return steps::combine(a, b); };
        for (dim o = 0; o < e.outer; ++o) {
            const T* const from = x.data() + o * e.extent * e.inner;
            if constexpr (e.inner == 1) {
                y[index(o)] = steps::finish(simd::fold_row<e.extent>(from, T(steps::start), term, combine));
            } else {
                simd::for_each_piece<T, e.inner>([&]<class V, dim Used>(dim i) {
                    simd::store<Used>(steps::finish(simd::fold_columns<V, Used, e.extent, e.inner>(
                                          from + i, 1, 0, T(steps::start), term, combine)),
                        y.data() + o * e.inner + i);
                });
            }
        }
    }
};

}  // namespace cameo::inline CAMEO_TARGET
