// round_float16 and round_bfloat16 on vectors of floats, by their bits; simd/f16c.hpp has an instruction for the first.
#pragma once
#include <cameo/function/round_float16.hpp>
#include <cameo/kernel/simd/target.hpp>

namespace cameo::inline CAMEO_TARGET::simd {

template <class A>
[[gnu::always_inline]] inline xsimd::batch<float, A> call(functions::round_bfloat16, const xsimd::batch<float, A>& x)
{
    using integers = xsimd::batch<std::int32_t, A>;
    const integers size = bits_of(x) & integers(std::numeric_limits<std::int32_t>::max());
    return with_sign_of(x, rounded_to_multiple<16>(size));
}

template <class A>
[[gnu::always_inline]] inline xsimd::batch<float, A> call(functions::round_float16, const xsimd::batch<float, A>& x)
{
    return rounded_to_float16(x);
}

}  // namespace cameo::inline CAMEO_TARGET::simd
