// The divisor for which processors trap: the smallest integer divided by -1 is beyond the range.
#pragma once
#include <type_traits>

namespace cameo {

template <class T>
constexpr bool is_minus_one(T v)
{
    if constexpr (std::is_signed_v<T>) return v == T(-1);
    else return false;
}

/// -v, where the smallest integer stays the same.
template <class T>
constexpr T wrapping_negative(T v)
{
    using unsigned_type = std::make_unsigned_t<T>;
    return static_cast<T>(unsigned_type{0} - static_cast<unsigned_type>(v));
}

}  // namespace cameo
