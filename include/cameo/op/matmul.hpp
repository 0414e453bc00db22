// MatMul with an optional epilogue: products of batches of matrices that broadcast together.
#pragma once
#include <cameo/op/axis_flow.hpp>
#include <cameo/op/epilogue.hpp>

namespace cameo::inline CAMEO_TARGET {

struct matmul_attributes {
    elementwise_expression epilogue{};
    static constexpr void each(auto visit) { visit("epilogue", &matmul_attributes::epilogue); }
};

/// ONNX MatMul, opsets 1, 9, 13, where B is a batch: all number elements. The importer gives operands of one axis their
/// second, and makes a product with a single matrix B a gemm, whose kernel sees all rows of A at once.
struct matmul_spec : matmul_attributes {
    using attributes = matmul_attributes;
    tensor_type a{};         ///< batch… x M x K
    tensor_type b{};         ///< batch… x K x N; the batches broadcast
    tensor_type residual{};  ///< the result's shape, optional
    static constexpr auto epilogue_operand = &matmul_spec::residual;

    constexpr dim m() const { return a.shape[a.shape.rank - 2]; }
    constexpr dim k() const { return a.shape[a.shape.rank - 1]; }
    constexpr dim n() const { return b.shape[b.shape.rank - 1]; }

    template <class T>
    using signature = T(T, T, T);
    using parameters = type_list<number_elements>;
};

enum class matmul_problem {
    none,
    operands_must_have_at_least_two_axes,
    columns_of_a_must_equal_rows_of_b,
    batches_must_broadcast_together,
    epilogue_does_not_fit_the_result,
};

namespace detail {

/// Returns the axes before the last two.
constexpr shape batch_of(shape s)
{
    s.rank -= 2;
    s.extent[index(s.rank)] = s.extent[index(s.rank + 1)] = 0;
    return s;
}

}  // namespace detail

/// batch… x M x N.
constexpr tensor_type result(const matmul_spec& s)
{
    shape y = broadcast(detail::batch_of(s.a.shape), detail::batch_of(s.b.shape));
    y.append(s.m());
    y.append(s.n());
    return {s.a.element, y};
}

constexpr matmul_problem check(const matmul_spec& s)
{
    using enum matmul_problem;
    if (s.a.shape.rank < 2 || s.b.shape.rank < 2) {
        return operands_must_have_at_least_two_axes;
    }
    if (s.k() != s.b.shape[s.b.shape.rank - 2]) {
        return columns_of_a_must_equal_rows_of_b;
    }
    if (broadcast(detail::batch_of(s.a.shape), detail::batch_of(s.b.shape)).rank < 0) {
        return batches_must_broadcast_together;
    }
    return fits(s.epilogue, result(s), s.residual) ? none : epilogue_does_not_fit_the_result;
}

/// The definition: y[…, i, j] = sum over k of a[…, i, k] b[…, k, j]; then the epilogue.
template <class T>
constexpr void evaluate(
    const matmul_spec& s, std::span<const T> a, std::span<const T> b, optional_span<T> residual, std::span<T> y)
{
    const dim rows = s.m(), inner = s.k(), columns = s.n();
    const shape batch = detail::batch_of(result(s).shape), of_a = detail::batch_of(s.a.shape),
                of_b = detail::batch_of(s.b.shape);
    const per_axis a_strides = broadcast_strides(of_a, batch), b_strides = broadcast_strides(of_b, batch);
    per_axis at{};
    for (std::size_t to = 0; to < y.size(); advance(at, batch)) {
        const dim in_a = dot(at, a_strides, batch.rank) * rows * inner,
                  in_b = dot(at, b_strides, batch.rank) * inner * columns;
        for (dim i = 0; i < rows; ++i) {
            for (dim j = 0; j < columns; ++j, ++to) {
                T sum{};
                for (dim k = 0; k < inner; ++k) {
                    sum = plus_product(sum, a[index(in_a + i * inner + k)], b[index(in_b + k * columns + j)]);
                }
                y[to] = apply(s.epilogue, sum, residual, to);
            }
        }
    }
}

/// Counts the multiplications, each with an addition, of one call.
constexpr dim multiplications(const matmul_spec& s) { return saturating_product(result(s).shape.count(), s.k()); }

/// Batches broadcast; rows of a and columns of b are those of the result.
constexpr axis_flow flow_of(const matmul_spec& s, int operand, const axis_part& part)
{
    const tensor_type y = result(s), &x = operand == 0 ? s.a : operand == 1 ? s.b : s.residual;
    const int from_the_end = x.shape.rank - part.axis, inner = operand == 0 ? 1 : 2;
    if (operand < 2 && from_the_end == inner) {
        return mixed("sums up");
    }
    if (operand < 2 && from_the_end <= 2) {
        return preserved(part, y.shape.rank - from_the_end);
    }
    return broadcast_flow(x, y, part);
}

template <auto Result, class Operands, matmul_attributes Attributes = matmul_attributes{}, class Secondary = into<>>
using matmul = layer<matmul_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
