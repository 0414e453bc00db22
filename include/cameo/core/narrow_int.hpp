// Integers of 4 and 2 bits, which are stored, moved and converted: a byte each in memory.
#pragma once
#include <cameo/core/target.hpp>
#include <cstdint>
#include <type_traits>

namespace cameo::inline CAMEO_TARGET {

/// An integer of so many bits. It converts to int by itself, and from numbers explicitly: the low bits remain.
template <int Bits, bool Signed>
class narrow_int {
public:
    using bits_type = std::uint8_t;
    static constexpr int width = Bits;
    static constexpr int lowest = Signed ? -(1 << (Bits - 1)) : 0, highest = lowest + (1 << Bits) - 1;

    constexpr narrow_int() = default;
    template <class T>
        requires std::is_arithmetic_v<T>
    constexpr explicit narrow_int(T v) : bits_(static_cast<bits_type>(static_cast<std::uint64_t>(v) & mask))
    {
    }
    constexpr operator int() const
    {
        const int v = bits_;
        return Signed && v > static_cast<int>(mask >> 1) ? v - static_cast<int>(mask) - 1 : v;
    }
    static constexpr narrow_int from_bits(bits_type bits) { return narrow_int(bits); }
    constexpr bits_type bits() const { return bits_; }

private:
    static constexpr std::uint64_t mask = (1u << Bits) - 1;
    bits_type bits_ = 0;
};

namespace detail {
template <class T>
inline constexpr bool is_narrow_int = false;
template <int Bits, bool Signed>
inline constexpr bool is_narrow_int<narrow_int<Bits, Signed>> = true;
}  // namespace detail

}  // namespace cameo::inline CAMEO_TARGET
