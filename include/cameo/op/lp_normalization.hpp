// LpNormalization: elements divided by the L1 or L2 norm along one axis.
#pragma once
#include <cameo/function/mathematics.hpp>
#include <cameo/op/axis_flow.hpp>
#include <cameo/op/layer.hpp>

namespace cameo::inline CAMEO_TARGET {

struct lp_normalization_attributes {
    int axis = 0;
    dim p = 2;
    static constexpr void each(auto visit)
    {
        visit("axis", &lp_normalization_attributes::axis);
        visit("p", &lp_normalization_attributes::p);
    }
};

/// ONNX LpNormalization, opsets 1, 22.
struct lp_normalization_spec : lp_normalization_attributes {
    using attributes = lp_normalization_attributes;
    tensor_type x{};

    template <class T>
    using signature = T(T);
    using parameters = type_list<floating_elements>;
};

enum class lp_normalization_problem { none, axis_is_out_of_range, p_must_be_1_or_2 };

constexpr tensor_type result(const lp_normalization_spec& s) { return s.x.plain(); }

constexpr lp_normalization_problem check(const lp_normalization_spec& s)
{
    using enum lp_normalization_problem;
    if (s.axis < 0 || s.axis >= s.x.shape.rank) {
        return axis_is_out_of_range;
    }
    return s.p == 1 || s.p == 2 ? none : p_must_be_1_or_2;
}

/// The definition: y = x / norm, the norm being the sum of |x| over the axis (p = 1) or the root of the sum of x² (p =
/// 2); 0 where the norm is 0.
template <class T>
constexpr void evaluate(const lp_normalization_spec& s, std::span<const T> x, std::span<T> y)
{
    using mathematics::abs;
    using mathematics::sqrt;
    const dim outer = s.x.shape.count(0, s.axis), extent = s.x.shape[s.axis],
              inner = s.x.shape.count(s.axis + 1, s.x.shape.rank);
    for (dim o = 0; o < outer; ++o) {
        for (dim i = 0; i < inner; ++i) {
            const auto at = [&](dim k) { return index((o * extent + k) * inner + i); };
            T sum{};
            for (dim k = 0; k < extent; ++k) {
                sum += s.p == 1 ? abs(x[at(k)]) : x[at(k)] * x[at(k)];
            }
            const T norm = s.p == 1 ? sum : sqrt(sum);
            for (dim k = 0; k < extent; ++k) {
                y[at(k)] = norm == T(0) ? T(0) : x[at(k)] / norm;
            }
        }
    }
}

constexpr axis_flow flow_of(const lp_normalization_spec& s, int, const axis_part& part)
{
    return part.axis == s.axis ? mixed("works across") : preserved(part, part.axis);
}

template <auto Result, class Operands, lp_normalization_attributes Attributes = lp_normalization_attributes{},
    class Secondary = into<>>
using lp_normalization = layer<lp_normalization_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
