// Lookup in whatever storage, a row at a time.
#pragma once
#include <cameo/kernel/simd.hpp>
#include <cameo/op/lookup.hpp>

namespace cameo {

template <lookup_spec S, tensor_type Y>
    requires(S.x.storage.arrangement == Y.storage.arrangement && S.x.shape.rank <= 4)
struct kernel<S, Y> {
    static constexpr detail::stored_extents from{S.x}, to{Y};
    static constexpr bool whole = S.x.storage == Y.storage;

    static void run(std::span<const std::uint8_t> x, std::span<const std::uint8_t> table, std::span<std::uint8_t> y) noexcept
    {
        const std::uint8_t* const t = table.data();
        if constexpr (whole && from.contiguous())
            for (std::size_t i = 0; i < y.size(); ++i) y[i] = t[x[i]];
        else
            for (dim plane = 0; plane < from.planes(); ++plane)
                for (dim row = 0; row < from.rows; ++row) {
                    const std::uint8_t* const source = x.data() + plane * from.plane() + from.place(0, 0, row);
                    std::uint8_t* const target = y.data() + plane * to.plane() + to.place(0, 0, row);
                    for (dim i = 0; i < from.columns * from.block; ++i) target[i] = t[source[i]];
                }
    }
};

}  // namespace cameo
