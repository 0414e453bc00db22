// A number of which the compiler knows nothing but that it is in a register.
#pragma once
#include <cameo/core/target.hpp>
#include <type_traits>

namespace cameo::inline CAMEO_TARGET::detail {

/// Returns the same number but hides its origin from the compiler, so that it cannot be reassociated, contracted or
/// replaced.
template <class T>
[[gnu::always_inline]] constexpr T opaque_number(T v)
{
    if (!std::is_constant_evaluated()) {
#if defined(__SSE2__)
        asm("" : "+x"(v));
#elif defined(__aarch64__)
        asm("" : "+w"(v));
#endif
    }
    return v;
}

}  // namespace cameo::inline CAMEO_TARGET::detail
