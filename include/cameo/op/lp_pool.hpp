// LpPool and GlobalLpPool: the p-norm of each window.
#pragma once
#include <cameo/function/mathematics.hpp>
#include <cameo/op/pool.hpp>

namespace cameo::inline CAMEO_TARGET {

struct lp_pool_attributes {
    cameo::window window{};
    dim p = 2;
    static constexpr void each(auto visit)
    {
        visit("window", &lp_pool_attributes::window);
        visit("p", &lp_pool_attributes::p);
    }
};

/// ONNX LpPool, opsets 2, 11, 18, 22, and GlobalLpPool, whose kernel is the input. Any number of spatial axes.
struct lp_pool_spec : lp_pool_attributes {
    using attributes = lp_pool_attributes;
    tensor_type x{};  ///< N x C x D1 … Dk

    constexpr void settle() { window = window.settled(spatial(x.shape), window.kernel_shape); }

    template <class T>
    using signature = T(T);
    using parameters = type_list<floating_elements>;
};

constexpr tensor_type result(const lp_pool_spec& s) { return pooled(s.x, s.window); }

constexpr pool_problem check(const lp_pool_spec& s)
{
    return s.p < 1 ? pool_problem::p_must_be_positive : check_pool(s.x.shape, s.window);
}

/// The definition: the p-th root of the sum of |x|^p over each window.
template <class T>
constexpr void evaluate(const lp_pool_spec& s, std::span<const T> x, std::span<T> y)
{
    using mathematics::abs;
    using mathematics::pow;
    const shape extents = spatial(s.x.shape);
    const T p = static_cast<T>(s.p);
    for_each_window(s.x, s.window, [&](dim plane, const per_axis& at, std::size_t to) {
        T sum{};
        for_each_tap(s.window, s.window.kernel_shape, extents, at,
            [&](dim, dim offset) { sum += pow(abs(x[index(plane + offset)]), p); });
        y[to] = pow(sum, 1 / p);
    });
}

/// Counts the steps of the definition, which are more than its elements.
constexpr dim work(const lp_pool_spec& s)
{
    return saturating_product(result(s).shape.count(), s.window.kernel_shape.count());
}

template <auto Result, class Operands, lp_pool_attributes Attributes = lp_pool_attributes{}, class Secondary = into<>>
using lp_pool = layer<lp_pool_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
