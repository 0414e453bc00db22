// Which storage the fast paths of Gemm read. The generator plans by it; the kernels require it.
#pragma once
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
    if (!s.transpose_b) {
        return gemm_method::matrix;
    }
    return s.n() < 4 && s.m() == 1 ? gemm_method::rows : gemm_method::blocked;
}

/// The storage for the constant operands b and c of a Gemm, given their shapes.
struct gemm_storage {
    storage b{};
    storage c{};
};
constexpr gemm_storage wanted_storage(const gemm_spec& s)
{
    if (choose_method(s) != gemm_method::blocked) {
        return {};
    }
    const bool one_per_output = s.c.present() && s.c.shape == shape{s.n()};
    return {{arrangement::filter_plain}, {one_per_output ? arrangement::blocked : arrangement::plain}};
}

/// Tells whether the operands and the result are stored as the method reads and writes them.
constexpr bool stored_for(gemm_method m, const gemm_spec& s, const tensor_type& y)
{
    const bool blocked = m == gemm_method::blocked;
    const auto row_of_outputs = [&](const tensor_type& t) {
        return t.storage == storage{} || (blocked && t.storage == storage{arrangement::blocked});
    };
    const bool a = s.a.storage == storage{} || s.a.storage == storage{arrangement::blocked};
    const bool b = s.b.storage == storage{blocked ? arrangement::filter_plain : arrangement::plain};
    const bool c = s.c.storage == storage{} || (row_of_outputs(s.c) && s.c.shape == shape{s.n()});
    return m != gemm_method::plain && choose_method(s) == m && a && b && c && row_of_outputs(s.residual) &&
           row_of_outputs(y);
}

}  // namespace cameo::inline CAMEO_TARGET
