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
        constexpr dim padded = to.channel_blocks * to.block;
        // A row of all channels of a block at a time: they share cache lines.
        constexpr dim together = std::max(from.block, to.block);
        for (dim n = 0; n < from.batch; ++n)
            for (dim first = 0; first < padded; first += together)
                for (dim row = 0; row < from.rows; ++row)
                    for (dim c = first; c < std::min(first + together, padded); ++c) {
                        T* const target = y.data() + to.place(n, c, row);
                        if (c >= from.channels)
                            for (dim i = 0; i < from.columns; ++i) target[i * to.block] = T(0);
                        else {
                            const T* const source = x.data() + from.place(n, c, row);
                            for (dim i = 0; i < from.columns; ++i) target[i * to.block] = source[i * from.block];
                        }
                    }
    }
};

}  // namespace cameo
