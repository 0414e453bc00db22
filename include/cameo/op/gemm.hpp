// Gemm with an optional epilogue: alpha A B + beta C, which is what a dense layer computes.
#pragma once
#include <cameo/op/axis_flow.hpp>
#include <cameo/op/epilogue.hpp>

namespace cameo::inline CAMEO_TARGET {

struct gemm_attributes {
    double alpha = 1;
    double beta = 1;
    bool transpose_a = false;
    bool transpose_b = false;
    elementwise_expression epilogue{};
    static constexpr void each(auto visit)
    {
        visit("alpha", &gemm_attributes::alpha);
        visit("beta", &gemm_attributes::beta);
        visit("transpose_a", &gemm_attributes::transpose_a);
        visit("transpose_b", &gemm_attributes::transpose_b);
        visit("epilogue", &gemm_attributes::epilogue);
    }
};

/// ONNX Gemm, opsets 7, 9, 11, 13.
struct gemm_spec : gemm_attributes {
    using attributes = gemm_attributes;
    tensor_type a{};         ///< M x K, or K x M transposed
    tensor_type b{};         ///< K x N, or N x K transposed
    tensor_type c{};         ///< broadcasts to M x N; optional
    tensor_type residual{};  ///< M x N, optional
    static constexpr auto epilogue_operand = &gemm_spec::residual;

    constexpr dim m() const { return a.shape[transpose_a ? 1 : 0]; }
    constexpr dim k() const { return a.shape[transpose_a ? 0 : 1]; }
    constexpr dim n() const { return b.shape[transpose_b ? 0 : 1]; }

    template <class T>
    using signature = T(T, T, T, T);
    using parameters = type_list<number_elements>;
};

enum class gemm_problem {
    none,
    operands_must_be_matrices,
    inner_extents_of_a_and_b_must_be_equal,
    c_must_broadcast_to_the_result,
    epilogue_does_not_fit_the_result,
};

/// M x N.
constexpr tensor_type result(const gemm_spec& s) { return {s.a.element, {s.m(), s.n()}}; }

constexpr gemm_problem check(const gemm_spec& s)
{
    using enum gemm_problem;
    if (s.a.shape.rank != 2 || s.b.shape.rank != 2) {
        return operands_must_be_matrices;
    }
    if (s.k() != s.b.shape[s.transpose_b ? 1 : 0]) {
        return inner_extents_of_a_and_b_must_be_equal;
    }
    if (s.c.present() && broadcast(s.c.shape, result(s).shape) != result(s).shape) {
        return c_must_broadcast_to_the_result;
    }
    return fits(s.epilogue, result(s), s.residual) ? none : epilogue_does_not_fit_the_result;
}

/// The definition: y[i, j] = alpha (sum over k of a[i, k] b[k, j]) + beta c[i, j]; then the epilogue.
template <class T>
constexpr void evaluate(const gemm_spec& s, std::span<const T> a, std::span<const T> b, optional_span<T> c,
    optional_span<T> residual, std::span<T> y)
{
    const dim rows = s.m(), columns = s.n(), inner = s.k();
    const per_axis of_c = broadcast_strides(s.c.shape, result(s).shape);
    for (dim i = 0; i < rows; ++i) {
        for (dim j = 0; j < columns; ++j) {
            T sum{};
            for (dim k = 0; k < inner; ++k) {
                sum = plus_product(sum, a[index(s.transpose_a ? k * rows + i : i * inner + k)],
                    b[index(s.transpose_b ? j * inner + k : k * columns + j)]);
            }
            if (s.alpha != 1) {
                sum = wrapping_product(static_cast<T>(s.alpha), sum);
            }
            if (!c.empty()) {
                sum = plus_product(sum, static_cast<T>(s.beta), c[index(i * of_c[0] + j * of_c[1])]);
            }
            const std::size_t to = index(i * columns + j);
            y[to] = apply(s.epilogue, sum, residual, to);
        }
    }
}

/// Counts the multiplications, each with an addition, of one call.
constexpr dim multiplications(const gemm_spec& s) { return saturating_product(s.m(), s.n(), s.k()); }

constexpr axis_flow flow_of(const gemm_spec& s, int operand, const axis_part& part)
{
    if (operand > 1) {
        return broadcast_flow(operand == 2 ? s.c : s.residual, result(s), part);
    }
    const bool is_inner = (part.axis == 1) == (operand == 0 ? !s.transpose_a : s.transpose_b);
    return is_inner ? mixed("sums up") : preserved(part, operand);
}

template <auto Result, class Operands, gemm_attributes Attributes = gemm_attributes{}, class Secondary = into<>>
using gemm = layer<gemm_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
