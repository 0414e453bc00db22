// CumSum and CumProd: running sums and products along one axis.
#pragma once
#include <cameo/op/layer.hpp>
#include <cameo/op/lines.hpp>
#include <cameo/op/reduction.hpp>

namespace cameo::inline CAMEO_TARGET {

struct cumulative_attributes {
    int axis = 0;
    bool product = false;
    bool exclusive = false;
    bool reverse = false;
    static constexpr void each(auto visit)
    {
        visit("axis", &cumulative_attributes::axis);
        visit("product", &cumulative_attributes::product);
        visit("exclusive", &cumulative_attributes::exclusive);
        visit("reverse", &cumulative_attributes::reverse);
    }
};

/// ONNX CumSum, opsets 11 and 14, and CumProd, opset 26, along a constant axis.
struct cumulative_spec : cumulative_attributes {
    using attributes = cumulative_attributes;
    tensor_type x{};

    template <class T>
    using signature = T(T);
    using parameters = type_list<number_elements>;
};

enum class cumulative_problem { none, axis_is_out_of_range };

constexpr tensor_type result(const cumulative_spec& s) { return s.x.plain(); }

constexpr cumulative_problem check(const cumulative_spec& s)
{
    return 0 <= s.axis && s.axis < s.x.shape.rank ? cumulative_problem::none : cumulative_problem::axis_is_out_of_range;
}

/// The definition: y[k] is the sum or product of x[0] to x[k] along the axis, without x[k] if exclusive, from the end
/// if reverse.
template <class T>
constexpr void evaluate(const cumulative_spec& s, std::span<const T> x, std::span<T> y)
{
    const lines all(s.x.shape, s.axis);
    for (dim n = 0; n < all.count; ++n) {
        const line at = all[n];
        auto total = static_cast<detail::accumulator<T>>(s.product ? 1 : 0);
        for (dim step = 0; step < all.extent; ++step) {
            const std::size_t k = at[s.reverse ? all.extent - 1 - step : step];
            const auto next = static_cast<detail::accumulator<T>>(x[k]);
            const auto before = total;
            total = s.product ? total * next : total + next;
            y[k] = static_cast<T>(s.exclusive ? before : total);
        }
    }
}

template <auto Result, class Operands, cumulative_attributes Attributes = cumulative_attributes{},
    class Secondary = into<>>
using cumulative = layer<cumulative_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
