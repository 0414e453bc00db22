// The fast path of MatMul: each pair of matrices is a Gemm.
#pragma once
#include <cameo/kernel/gemm.hpp>
#include <cameo/op/matmul.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

/// Returns the Gemm of one pair of matrices.
constexpr gemm_spec product_of_matrices(const matmul_spec& s)
{
    const element e = s.a.element;
    return {{.epilogue = s.epilogue}, {e, {s.m(), s.k()}}, {e, {s.k(), s.n()}}, absent,
        s.residual.present() ? tensor_type{e, {s.m(), s.n()}} : absent};
}

constexpr bool is_plain(const matmul_spec& s, const tensor_type& y)
{
    return s.a.storage == storage{} && s.b.storage == storage{} && s.residual.storage == storage{} &&
           y.storage == storage{};
}

}  // namespace detail

template <matmul_spec Spec, tensor_type Result>
    requires(detail::is_plain(Spec, Result) && Result.shape.count() > 0 &&
             choose_method(detail::product_of_matrices(Spec)) == gemm_method::matrix && works_on_vectors(Spec.epilogue))
struct kernel<Spec, Result> {
    static constexpr matmul_spec spec = Spec;

    static void run(std::span<const float> a, std::span<const float> b, std::span<const float> residual,
        std::span<float> y) noexcept
    {
        constexpr gemm_spec matrix = detail::product_of_matrices(Spec);
        constexpr shape batch = detail::batch_of(Result.shape), of_a = detail::batch_of(spec.a.shape),
                        of_b = detail::batch_of(spec.b.shape);
        constexpr per_axis a_strides = broadcast_strides(of_a, batch), b_strides = broadcast_strides(of_b, batch);
        constexpr dim a_matrix = spec.m() * spec.k(), b_matrix = spec.k() * spec.n(), y_matrix = spec.m() * spec.n();
        per_axis at{};
        dim place = 0;
        do {
            const dim in_a = dot(at, a_strides, batch.rank) * a_matrix,
                      in_b = dot(at, b_strides, batch.rank) * b_matrix;
            detail::gemm_by_tiles<matrix, result(matrix)>::run({a.data() + in_a, b.data() + in_b, nullptr,
                spec.residual.present() ? residual.data() + place : nullptr, y.data() + place});
            place += y_matrix;
        } while (advance(at, batch));
    }
};

}  // namespace cameo::inline CAMEO_TARGET
