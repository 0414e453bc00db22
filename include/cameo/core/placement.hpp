// Maps the position of an element to its place in memory, for every kind of storage.
#pragma once
#include <algorithm>
#include <cameo/core/tensor_type.hpp>
#include <span>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

/// The axis of channels of a blocked or padded value. Rank 1 is one row of channels, rank 3 one row of columns.
constexpr int channel_axis(const shape& s) { return s.rank > 1 ? 1 : 0; }

/// A blocked or padded value in memory: its elements within the halo, in blocks of channels. A padded or plain one has
/// blocks of one channel.
struct stored_extents {
    dim batch = 1, channels = 1, rows = 1, columns = 1, block = 1, channel_blocks = 1;
    dim pitch = 1;  ///< columns from one row to the next
    cameo::halo halo{};

    constexpr explicit stored_extents(const tensor_type& t)
        : block(is_blocked(t) ? cameo::block : 1), halo(t.storage.halo)
    {
        const shape& s = t.shape;
        if (s.rank > 1) {
            batch = s[0];
        }
        if (s.rank > 0) {
            channels = s[channel_axis(s)];
        }
        if (s.rank > 3) {
            rows = s[2];
        }
        if (s.rank > 2) {
            columns = s[s.rank - 1];
        }
        channel_blocks = (channels + block - 1) / block;
        pitch = std::max(halo.left + columns + halo.right, t.storage.pitch);
    }
    constexpr dim row() const { return saturating_product(pitch, block); }  ///< elements from one row to the next
    constexpr dim plane() const
    {
        return saturating_product(halo.top + rows + halo.bottom, row());
    }  ///< elements from one block of channels to the next
    constexpr dim planes() const { return saturating_product(batch, channel_blocks); }
    /// Tells whether a plane contains only elements.
    constexpr bool contiguous() const { return halo == cameo::halo{} && pitch == columns; }
    /// Counts the elements up to the last column of a window, wherever the next row would begin.
    constexpr dim count() const
    {
        return saturating_product(planes(), plane()) - (pitch - (halo.left + columns + halo.right)) * block;
    }

    /// Returns the distance in elements to the place that many batches, channels, rows and columns further; the start
    /// is the first channel of a block.
    constexpr dim distance(dim n, dim c, dim h, dim w = 0) const
    {
        return (n * channel_blocks + c / block) * plane() + h * row() + w * block + c % block;
    }
    /// Returns the place of an element.
    constexpr dim place(dim n, dim c, dim h, dim w = 0) const { return distance(n, c, halo.top + h, halo.left + w); }
};

constexpr dim haloed_offset(const tensor_type& t, const per_axis& at)
{
    const int rank = t.shape.rank;
    return stored_extents(t).place(rank > 1 ? at[0] : 0, at[index(channel_axis(t.shape))], rank > 3 ? at[2] : 0,
        rank > 2 ? at[index(rank - 1)] : 0);
}

constexpr dim filter_offset(const tensor_type& t, const per_axis& at)
{
    const shape& s = t.shape;
    const bool transposed = t.storage.layout == layout::filter_transposed;
    const dim window = s.count(2, s.rank), m = at[transposed ? 1 : 0], c = at[transposed ? 0 : 1];
    dim tap = 0;
    for (int axis = 2; axis < s.rank; ++axis) {
        tap = tap * s[axis] + at[index(axis)];
    }
    switch (t.storage.layout) {
    case layout::filter_blocked:
    case layout::filter_transposed:
        return (((m / block * blocks(s[transposed ? 0 : 1]) + c / block) * window + tap) * block + c % block) * block +
               m % block;
    case layout::filter_depthwise: return (m / block * window + tap) * block + m % block;
    case layout::filter_interleaved4:
        return (((m / block * blocks(s[1]) + c / block) * window + tap) * (block / 4) + c % block / 4) * 4 * block +
               m % block * 4 + c % 4;
    default: return ((m / block * s[1] + c) * window + tap) * block + m % block;
    }
}

}  // namespace detail

/// The place of a value that cannot lie in another. No multiple of any alignment.
inline constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

/// Counts the elements that a value occupies in memory, including padding and halo.
constexpr dim stored_count(const tensor_type& t)
{
    const shape& s = t.shape;
    if (!t.present()) {
        return 0;
    }
    switch (t.storage.layout) {
    case layout::plain: return s.count();
    case layout::row_major_padded:
    case layout::blocked: return detail::stored_extents(t).count();
    case layout::filter_interleaved4:
    case layout::filter_blocked:
    case layout::filter_transposed:
        return saturating_product(blocks(s[0]), block, blocks(s[1]), block, s.count(2, s.rank));
    case layout::filter_plain: return saturating_product(blocks(s[0]), block, s.count(1, s.rank));
    case layout::filter_depthwise: return saturating_product(blocks(s[0]), block, s.count(2, s.rank));
    case layout::gate_weights:
        return saturating_product(s[0], s[2], t.storage.gate_count, blocks(s[1] / t.storage.gate_count), block);
    }
    return 0;
}

constexpr std::size_t bytes(const tensor_type& t)
{
    return index(saturating_product(stored_count(t), static_cast<dim>(size_of(t.element))));
}

/// Returns the place of the element at a logical position.
constexpr dim offset(const tensor_type& t, const per_axis& at)
{
    switch (t.storage.layout) {
    case layout::plain: return dot(at, strides_of(t.shape), t.shape.rank);
    case layout::row_major_padded:
    case layout::blocked: return detail::haloed_offset(t, at);
    case layout::gate_weights: {
        const dim units = t.shape[1] / t.storage.gate_count, gate = at[1] / units, unit = at[1] % units;
        return ((at[0] * t.shape[2] + at[2]) * t.storage.gate_count + gate) * blocks(units) * block + unit;
    }
    default: return detail::filter_offset(t, at);
    }
}

/// Copies a value from the storage of one type to that of another of the same shape. Padding and halo are left as they
/// are.
template <class T>
constexpr void rearrange(const tensor_type& from, std::span<const T> source, const tensor_type& to, std::span<T> target)
{
    if (from.shape.count() == 0) {
        return;
    }
    per_axis at{};
    do {
        target[index(offset(to, at))] = source[index(offset(from, at))];
    } while (advance(at, from.shape));
}

}  // namespace cameo::inline CAMEO_TARGET
