// The fast path of Gather: copies whole runs of neighbours, such as the rows of an embedding.
#pragma once
#include <algorithm>
#include <cameo/op/gather.hpp>

namespace cameo::inline CAMEO_TARGET {

template <gather_spec Spec, tensor_type Result>
    requires(Spec.x.storage == storage{} && Spec.indices.storage == storage{} && Result.storage == storage{} &&
             Spec.x.shape.count(Spec.axis + 1, Spec.x.shape.rank) > 1)
struct kernel<Spec, Result> {
    static constexpr gather_spec spec = Spec;

    template <class T, class I>
    static void run(std::span<const T> x, std::span<const I> indices, std::span<T> y) noexcept
    {
        constexpr dim outer = spec.x.shape.count(0, spec.axis), extent = spec.x.shape[spec.axis],
                      inner = spec.x.shape.count(spec.axis + 1, spec.x.shape.rank);
        T* to = y.data();
        for (dim o = 0; o < outer; ++o) {
            for (const I i : indices) {
                to = std::copy_n(x.data() + (o * extent + nearest_index(i, extent)) * inner, inner, to);
            }
        }
    }
};

}  // namespace cameo::inline CAMEO_TARGET
