// How a matrix of integers holds weights, which are (number - zero point) scale: a row of it those of one output.
#pragma once
#include <cameo/op/layer.hpp>

namespace cameo::inline CAMEO_TARGET {

/// Scales that blocks of a row share, and numbers of 4 bits, two of which share a byte, the first in its lower half.
struct weight_format {
    dim block_size = 0;              ///< numbers along a row that share a scale; 0: all of a row
    element packed = element::none;  ///< int4 or uint4
    static constexpr void each(auto visit)
    {
        visit("block_size", &weight_format::block_size);
        visit("packed", &weight_format::packed);
    }
    friend constexpr bool operator==(const weight_format&, const weight_format&) = default;

    constexpr bool packs() const { return packed != element::none; }
    /// Bytes of a row of so many weights.
    constexpr dim stored_extent(dim inner) const { return packs() ? (inner + 1) / 2 : inner; }
    /// The byte of a row that has weight k.
    constexpr dim stored_place(dim k) const { return packs() ? k / 2 : k; }
    /// Weights that share a scale.
    constexpr dim in_block(dim inner) const { return block_size > 0 ? block_size : inner; }
    constexpr dim blocks_of(dim inner) const { return inner > 0 ? (inner - 1) / in_block(inner) + 1 : 0; }

    /// Tells whether `outputs` rows of `inner` weights have such scales and zero points: one of each for each block.
    constexpr bool fits(dim outputs, dim inner, const tensor_type& scale, const tensor_type& zero_point) const
    {
        const shape one_for_each{outputs, blocks_of(inner)};
        return block_size >= 0 && (!packs() || packed == element::int4 || packed == element::uint4) &&
               scale.present() && scale.shape == one_for_each &&
               (!zero_point.present() || zero_point.shape == one_for_each);
    }

    /// Returns number k of a row.
    template <class Stored>
    constexpr int number(std::span<const Stored> row, dim k) const
    {
        if (!packs()) {
            return row[index(k)];
        }
        const int half = row[index(stored_place(k))] >> (k % 2 == 0 ? 0 : 4) & 15;
        return packed == element::int4 ? static_cast<int>(int4(half)) : half;
    }
};

}  // namespace cameo::inline CAMEO_TARGET
