// Which storage the fast paths of Gemm read. The generator plans by it; the kernels require it.
#pragma once
#include <cameo/kernel/layouts.hpp>
#include <cameo/op/gemm.hpp>

namespace cameo::inline CAMEO_TARGET {

enum class gemm_method {
    plain,    ///< the definition
    blocked,  ///< weights in blocks of 16 outputs: one element of a feeds a vector of outputs
    rows,     ///< so few outputs that blocks would be padding: the products of whole rows
    matrix,   ///< no weights, but a value of the network: K x N in plain rows
};

/// Chooses the method for a Gemm of these shapes, whatever its storage. Weights are N x K (transpose_b): the generator
/// transposes constant ones that are K x N first.
constexpr gemm_method choose_method(const gemm_spec& s)
{
    if (s.a.element != element::float32 || s.transpose_a) {
        return gemm_method::plain;
    }
    if (s.m() < 1 || s.n() < 1 || s.k() < 1) {
        return gemm_method::plain;
    }
    if (s.b.element != element::float32) {
        return s.transpose_b ? gemm_method::blocked : gemm_method::plain;
    }
    if (!s.transpose_b) {
        return gemm_method::matrix;
    }
    return s.n() < 4 && s.m() == 1 ? gemm_method::rows : gemm_method::blocked;
}

/// Tells whether weights take longer to arrive from memory than to multiply, so that fewer bits of them take less time:
/// many of them leave the caches, and rows of A share each that is in a register.
constexpr bool waits_for_memory(const gemm_spec& s, dim most_rows)
{
    constexpr dim least_weights = 1 << 18;
    return choose_method(s) == gemm_method::blocked && s.m() <= most_rows &&
           saturating_product(s.n(), s.k()) >= least_weights;
}

/// Are the operands and the result stored as the method reads and writes them?
constexpr bool stored_for(gemm_method m, const gemm_spec& s, const tensor_type& y)
{
    const bool blocked = m == gemm_method::blocked;
    const auto row_of_outputs = [&](const tensor_type& t) {
        return t.storage == storage{} || (blocked && t.storage == storage{layout::blocked});
    };
    const bool a = s.a.storage == storage{} || s.a.storage == storage{layout::blocked};
    const layout of_weights = blocked ? layout::filter_plain : layout::plain;
    const bool b = s.b.storage == storage{of_weights} && (!s.scale.present() || s.scale.storage.layout == of_weights) &&
                   (!s.zero_point.present() || s.zero_point.storage.layout == of_weights);
    const bool c = s.c.storage == storage{} || (row_of_outputs(s.c) && s.c.shape == shape{s.n()});
    return m != gemm_method::plain && choose_method(s) == m && a && b && c && row_of_outputs(s.residual) &&
           row_of_outputs(y);
}

/// Constant weights lie in the order in which the kernel reads them, and a constant addend beside them.
constexpr layouts wanted_layouts(const gemm_spec& s, const layer_context& c)
{
    if (choose_method(s) != gemm_method::blocked || !c.is_fixed[1] || !works_on_vectors(s.epilogue)) {
        return {};
    }
    layouts wanted;
    wanted.operands[1].layout = wanted.operands[4].layout = wanted.operands[5].layout = layout::filter_plain;
    if (s.c.present() && c.is_fixed[2] && s.c.shape == shape{s.n()}) {
        wanted.operands[2] = in_blocks;
    }
    return wanted;
}

}  // namespace cameo::inline CAMEO_TARGET
