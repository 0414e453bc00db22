// Reorder between plain, framed and blocked storage, a row at a time.
#pragma once
#include <algorithm>
#include <cameo/op/reorder.hpp>

namespace cameo {

template <reorder_spec S, tensor_type Y>
    requires(S.x.storage != Y.storage)
struct kernel<S, Y> {
    template <class T>
    static void run(std::span<const T> x, std::span<T> y) noexcept
    {
        constexpr detail::stored_extents from(S.x), to(Y);
        constexpr halo from_halo = S.x.storage.halo, to_halo = Y.storage.halo;
        constexpr dim rows = from.rows - from_halo.top - from_halo.bottom;
        constexpr dim columns = from.columns - from_halo.left - from_halo.right;
        constexpr dim channels = S.x.shape.rank > 1 ? S.x.shape[1] : S.x.shape.count();
        constexpr dim padded = to.channel_blocks * to.block;
        // A row of all channels of a block at a time: they share cache lines.
        constexpr dim together = std::max(from.block, to.block);
        for (dim n = 0; n < from.batch; ++n)
            for (dim first = 0; first < padded; first += together)
                for (dim row = 0; row < rows; ++row)
                    for (dim c = first; c < std::min(first + together, padded); ++c) {
                        T* const target = y.data() + place(to, to_halo, n, c, row);
                        if (c >= channels)
                            for (dim i = 0; i < columns; ++i) target[i * to.block] = T(0);
                        else {
                            const T* const source = x.data() + place(from, from_halo, n, c, row);
                            for (dim i = 0; i < columns; ++i) target[i * to.block] = source[i * from.block];
                        }
                    }
    }

private:
    static constexpr dim place(const detail::stored_extents& e, const halo& h, dim n, dim c, dim row)
    {
        return (n * e.channel_blocks + c / e.block) * e.plane() + (row + h.top) * e.row() + h.left * e.block + c % e.block;
    }
};

}  // namespace cameo
