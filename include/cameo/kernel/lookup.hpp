// The fast path of Lookup in any storage, a row at a time.
#pragma once
#include <cameo/kernel/simd/bytes.hpp>
#include <cameo/op/lookup.hpp>

namespace cameo::inline CAMEO_TARGET {

template <lookup_spec S, tensor_type Y>
    requires(S.x.storage.layout == Y.storage.layout && (is_blocked(Y) || Y.storage == storage{}))
struct kernel<S, Y> {
    static constexpr detail::stored_extents from{S.x}, to{Y};
    static constexpr bool whole = Y.storage == storage{} || (S.x.storage == Y.storage && from.contiguous());

    static void run(
        std::span<const std::uint8_t> x, std::span<const std::uint8_t> table, std::span<std::uint8_t> y) noexcept
    {
        const std::uint8_t* const t = table.data();
        if constexpr (whole) {
            simd::look_up(x.data(), t, y.data(), static_cast<dim>(y.size()));
        } else {
            for (dim plane = 0; plane < from.planes(); ++plane) {
                for (dim row = 0; row < from.rows; ++row) {
                    const dim place = plane * from.plane() + from.place(0, 0, row);
                    simd::look_up(x.data() + place, t, y.data() + plane * to.plane() + to.place(0, 0, row),
                        from.columns * from.block);
                }
            }
        }
    }
};

}  // namespace cameo::inline CAMEO_TARGET
