// Gemm with an optional epilogue: alpha A B + beta C, which is what a dense layer computes.
#pragma once
#include <cameo/op/axis_flow.hpp>
#include <cameo/op/epilogue.hpp>
#include <cameo/op/weight_format.hpp>

namespace cameo::inline CAMEO_TARGET {

struct gemm_attributes {
    double alpha = 1;
    double beta = 1;
    bool transpose_a = false;
    bool transpose_b = false;
    elementwise_expression epilogue{};
    weight_format weights{};  ///< of a B of integers that stand for floats
    static constexpr void each(auto visit)
    {
        visit("alpha", &gemm_attributes::alpha);
        visit("beta", &gemm_attributes::beta);
        visit("transpose_a", &gemm_attributes::transpose_a);
        visit("transpose_b", &gemm_attributes::transpose_b);
        visit("epilogue", &gemm_attributes::epilogue);
        visit("weights", &gemm_attributes::weights);
    }
};

namespace detail {

/// What a Gemm computes with, and what its second matrix is stored as.
template <class T, class Stored = T>
struct product {
    using signature = T(T, Stored, T, T, T, Stored);
};
template <class... T>
type_list<product<T>...> products(type_list<T...>);

}  // namespace detail

/// ONNX Gemm, opsets 7, 9, 11, 13. Weights may be stored in fewer bits than they are multiplied in: as floats of 16
/// bits, or as integers, (b - zero point) scale, which is DequantizeLinear.
struct gemm_spec : gemm_attributes {
    using attributes = gemm_attributes;
    tensor_type a{};           ///< M x K, or K x M transposed
    tensor_type b{};           ///< K x N, or N x K transposed
    tensor_type c{};           ///< broadcasts to M x N; optional
    tensor_type residual{};    ///< M x N, optional
    tensor_type scale{};       ///< of weights that are integers: N x blocks of a row
    tensor_type zero_point{};  ///< the shape of the scale; optional
    static constexpr auto epilogue_operand = &gemm_spec::residual;

    constexpr dim m() const { return a.shape[transpose_a ? 1 : 0]; }
    constexpr dim k() const { return a.shape[transpose_a ? 0 : 1]; }
    constexpr dim n() const { return b.shape[transpose_b ? 0 : 1]; }

    template <class Product>
    using signature = typename Product::signature;
    using parameters =
        type_list<decltype(detail::products(number_elements{}) +
                           type_list<detail::product<float, float16>, detail::product<float, bfloat16>,
                               detail::product<float, std::int8_t>, detail::product<float, std::uint8_t>>{})>;
};

enum class gemm_problem {
    none,
    operands_must_be_matrices,
    inner_extents_of_a_and_b_must_be_equal,
    c_must_broadcast_to_the_result,
    epilogue_does_not_fit_the_result,
    weights_that_are_scaled_must_be_N_x_K_bytes_with_a_scale_for_each_block,
};

namespace detail {

/// Integers that are multiplied as floats need scales, and nothing else has them.
constexpr bool scales_fit(const gemm_spec& s)
{
    const bool scaled =
        s.a.element == element::float32 && (s.b.element == element::int8 || s.b.element == element::uint8);
    return scaled ? s.transpose_b && s.weights.fits(s.n(), s.k(), s.scale, s.zero_point)
                  : !s.scale.present() && !s.zero_point.present() && s.weights == weight_format{};
}

/// Returns weight k of output j, as it is multiplied.
template <class T, class Stored>
constexpr T weight(const gemm_spec& s, std::span<const Stored> b, std::span<const T> scale,
    std::span<const Stored> zero_point, dim j, dim k)
{
    if constexpr (std::is_same_v<T, float> && std::is_integral_v<Stored>) {
        const dim in_row = s.weights.stored_extent(s.k());
        const std::size_t of_block = index(j * s.scale.shape[1] + k / s.weights.in_block(s.k()));
        const int zero = zero_point.empty() ? 0 : zero_point[of_block];
        return static_cast<float>(s.weights.number(b.subspan(index(j * in_row)), k) - zero) * scale[of_block];
    } else {
        return b[index(s.transpose_b ? j * s.k() + k : k * s.n() + j)];
    }
}

}  // namespace detail

/// M x N.
constexpr tensor_type result(const gemm_spec& s) { return {s.a.element, {s.m(), s.n()}}; }

constexpr gemm_problem check(const gemm_spec& s)
{
    using enum gemm_problem;
    if (s.a.shape.rank != 2 || s.b.shape.rank != 2) {
        return operands_must_be_matrices;
    }
    if (s.weights.stored_extent(s.k()) != s.b.shape[s.transpose_b ? 1 : 0]) {
        return inner_extents_of_a_and_b_must_be_equal;
    }
    if (!detail::scales_fit(s)) {
        return weights_that_are_scaled_must_be_N_x_K_bytes_with_a_scale_for_each_block;
    }
    if (s.c.present() && broadcast(s.c.shape, result(s).shape) != result(s).shape) {
        return c_must_broadcast_to_the_result;
    }
    return fits(s.epilogue, result(s), s.residual) ? none : epilogue_does_not_fit_the_result;
}

/// The definition: y[i, j] = alpha (sum over k of a[i, k] b[k, j]) + beta c[i, j]; then the epilogue.
template <class T, class Stored>
constexpr void evaluate(const gemm_spec& s, std::span<const T> a, std::span<const Stored> b, optional_span<T> c,
    optional_span<T> residual, optional_span<T> scale, optional_span<Stored> zero_point, std::span<T> y)
{
    const dim rows = s.m(), columns = s.n(), inner = s.k();
    const per_axis of_c = broadcast_strides(s.c.shape, result(s).shape);
    for (dim i = 0; i < rows; ++i) {
        for (dim j = 0; j < columns; ++j) {
            T sum{};
            for (dim k = 0; k < inner; ++k) {
                sum = plus_product(sum, a[index(s.transpose_a ? k * rows + i : i * inner + k)],
                    detail::weight<T>(s, b, scale, zero_point, j, k));
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
    if (operand > 3) {
        return mixed("scales weights");
    }
    if (operand > 1) {
        return broadcast_flow(operand == 2 ? s.c : s.residual, result(s), part);
    }
    const bool is_inner = (part.axis == 1) == (operand == 0 ? !s.transpose_a : s.transpose_b);
    return is_inner ? mixed("sums up") : preserved(part, operand);
}

template <auto Result, class Operands, gemm_attributes Attributes = gemm_attributes{}, class Secondary = into<>>
using gemm = layer<gemm_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
