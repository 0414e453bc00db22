// Gemm(x, W) with a constant W → Gemm(x, Wᵀ, transB=1): a row holds the weights of one output, as kernels expect.
#include "passes/passes.hpp"
#include <cameo/op/gemm.hpp>

namespace cameo::generator {

/// Transposes the constant matrices of dense layers, so that a row holds the weights of one output, from which kernels
/// derive their layout.
void transpose_weights(graph& g)
{
    for (const auto& n : g.nodes()) {
        gemm_attributes* a = n->attributes_of<gemm_spec>();
        if (!a || a->transpose_b || !n->operand<&gemm_spec::b>()->data) {
            continue;
        }
        const value& b = *n->operand<&gemm_spec::b>();
        const dim rows = b.type.shape[0], columns = b.type.shape[1];
        tensor transposed({b.type.element, {columns, rows}});
        with_elements(transposed, [&]<class T>(std::span<T> to) {
            const std::span<const T> from = b.data->as<T>();
            for (dim r = 0; r < rows; ++r) {
                for (dim c = 0; c < columns; ++c) {
                    to[index(c * rows + r)] = from[index(r * columns + c)];
                }
            }
        });
        n->set_operand<&gemm_spec::b>(g.add_constant(b.name, std::move(transposed)));
        a->transpose_b = true;
    }
}

}  // namespace cameo::generator
