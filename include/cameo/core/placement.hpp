// Where each element of a value lies: the meaning of storage.
#pragma once
#include <cameo/core/tensor_type.hpp>
#include <span>

namespace cameo {

namespace detail {

/// Extents of a value in memory: batch, blocks of channels, rows and columns with the halo, channels of a block, columns from row to row.
/// A framed value has blocks of one channel. Rank 1 is one row of channels, rank 3 one row of columns.
struct stored_extents {
    dim batch = 1, channel_blocks = 1, rows = 1, columns = 1, block = 1, pitch = 1;

    constexpr explicit stored_extents(const tensor_type& t)
    {
        const shape& s = t.shape;
        const halo& h = t.storage.halo;
        block = t.storage.arrangement == arrangement::blocked ? cameo::block : 1;
        batch = s.rank > 1 ? s[0] : 1;
        channel_blocks = ((s.rank > 1 ? s[1] : s.rank == 1 ? s[0] : 1) + block - 1) / block;
        rows = (s.rank > 3 ? s[2] : 1) + h.top + h.bottom;
        columns = (s.rank > 2 ? s[s.rank - 1] : 1) + h.left + h.right;
        pitch = t.storage.pitch > columns ? t.storage.pitch : columns;
    }
    constexpr dim plane() const { return rows * pitch * block; }  ///< elements from one block of channels to the next
    constexpr dim row() const { return pitch * block; }           ///< elements from one row to the next
    constexpr dim count() const { return batch * channel_blocks * plane() - (pitch - columns) * block; }
};

constexpr dim haloed_offset(const tensor_type& t, const per_axis& at)
{
    const stored_extents e(t);
    const int rank = t.shape.rank;
    const dim batch = rank > 1 ? at[0] : 0;
    const dim channel = rank > 1 ? at[1] : at[0];
    const dim row = (rank > 3 ? at[2] : 0) + t.storage.halo.top;
    const dim column = (rank > 2 ? at[index(rank - 1)] : 0) + t.storage.halo.left;
    return (batch * e.channel_blocks + channel / e.block) * e.plane() + row * e.row() + column * e.block + channel % e.block;
}

constexpr dim filter_offset(const tensor_type& t, const per_axis& at)
{
    const shape& s = t.shape;
    const dim window = s.count(2, s.rank), m = at[0], c = at[1];
    dim tap = 0;
    for (int axis = 2; axis < s.rank; ++axis) tap = tap * s[axis] + at[index(axis)];
    switch (t.storage.arrangement) {
        case arrangement::filter_blocked:
            return (((m / block * blocks(s[1]) + c / block) * window + tap) * block + c % block) * block + m % block;
        case arrangement::filter_depthwise: return (m / block * window + tap) * block + m % block;
        default: return ((m / block * s[1] + c) * window + tap) * block + m % block;
    }
}

}  // namespace detail

/// Elements that a value occupies in memory, padding and halo included.
constexpr dim stored_count(const tensor_type& t)
{
    const shape& s = t.shape;
    if (!t.present()) return 0;
    switch (t.storage.arrangement) {
        case arrangement::plain: return s.count();
        case arrangement::framed:
        case arrangement::blocked: return detail::stored_extents(t).count();
        case arrangement::filter_blocked: return blocks(s[0]) * block * blocks(s[1]) * block * s.count(2, s.rank);
        case arrangement::filter_plain: return blocks(s[0]) * block * s.count(1, s.rank);
        case arrangement::filter_depthwise: return blocks(s[0]) * block * s.count(2, s.rank);
        case arrangement::gates: return s[0] * s[2] * t.storage.gates * blocks(s[1] / t.storage.gates) * block;
    }
    return 0;
}

constexpr std::size_t bytes(const tensor_type& t) { return index(stored_count(t)) * size_of(t.element); }

/// Place of the element at a logical position.
constexpr dim offset(const tensor_type& t, const per_axis& at)
{
    switch (t.storage.arrangement) {
        case arrangement::plain: return dot(at, strides_of(t.shape), t.shape.rank);
        case arrangement::framed:
        case arrangement::blocked: return detail::haloed_offset(t, at);
        case arrangement::gates: {
            const dim units = t.shape[1] / t.storage.gates, gate = at[1] / units, unit = at[1] % units;
            return ((at[0] * t.shape[2] + at[2]) * t.storage.gates + gate) * blocks(units) * block + unit;
        }
        default: return detail::filter_offset(t, at);
    }
}

/// Copies a value from the storage of one type to that of another of the same shape. Padding and halo are left as they are.
template <class T>
constexpr void rearrange(const tensor_type& from, std::span<const T> source, const tensor_type& to, std::span<T> target)
{
    if (from.shape.count() == 0) return;
    per_axis at{};
    do target[index(offset(to, at))] = source[index(offset(from, at))];
    while (advance(at, from.shape));
}

}  // namespace cameo
