// The fast path of History: writes new samples into the ring buffer that history_layout.hpp describes.
#pragma once
#include <cameo/kernel/history_layout.hpp>
#include <cameo/kernel/simd/simd.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

/// Copies rows of Samples numbers to two places of a ring, `half` apart. Rings of all lengths share it.
template <dim Rows, dim Samples, class T>
void copy_into_ring(const T* source, dim source_row, T* later, dim ring_row, dim half) noexcept
{
#pragma GCC unroll 1
    for (dim row = 0; row < Rows; ++row, source += source_row, later += ring_row) {
        if constexpr (std::is_floating_point_v<T>) {
            simd::for_each_piece<T, Samples>([&]<class V, dim Count>(dim i) {
                const V piece = simd::load<V, Count>(source + i);
                simd::store<Count>(piece, later + i);
                simd::store<Count>(piece, later - half + i);
            });
        } else {
            for (dim i = 0; i < Samples; ++i) {
                later[i] = later[i - half] = source[i];
            }
        }
    }
}

}  // namespace detail

template <history_spec Spec, tensor_type Result>
    requires(stored_in_ring(Spec, Result))
struct kernel<Spec, Result> {
    static constexpr history_spec spec = Spec;
    /// The result lies in the memory of this operand, from element start(run) on.
    static constexpr int window_of = 1;
    static constexpr dim start(std::uint64_t run)
    {
        constexpr dim columns = ring_columns(spec), channels = detail::stored_extents(spec.past).block;
        constexpr std::uint64_t turns = columns / spec.fresh();
        return (static_cast<dim>(run % turns) * spec.fresh() + columns - spec.kept()) * channels;
    }

    /// Writes the new samples at the end of the window y, and half a row of the ring before that. The past cannot be a
    /// result.
    template <class T>
    static void run(std::span<const T> x, std::span<const T>, std::span<T> y, absent_span) noexcept
    {
        constexpr detail::stored_extents from(spec.x), ring(spec.past);
        constexpr dim samples = spec.fresh() * ring.block, kept = spec.kept() * ring.block,
                      half = ring_columns(spec) * ring.block;
        detail::copy_into_ring<ring.planes(), samples>(
            x.data() + from.place(0, 0, 0), from.plane(), y.data() + kept, ring.plane(), half);
    }
};

}  // namespace cameo::inline CAMEO_TARGET
