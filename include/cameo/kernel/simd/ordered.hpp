// Vectors of floats whose operations keep their order even where -ffast-math lets the compiler change it.
#pragma once
#include <cameo/core/floats.hpp>
#include <cameo/kernel/simd/simd.hpp>

namespace cameo::inline CAMEO_TARGET::simd {

/// Wraps A as an architecture of its own for xsimd: the result of every operation passes through a register of which
/// the compiler knows nothing.
template <class A>
struct ordered_architecture : A {};

namespace detail {
template <class V>
struct ordered_type {
    using type = V;
};
template <class T, class A>
    requires(std::is_floating_point_v<T> && !cameo::detail::keeps_order)
struct ordered_type<xsimd::batch<T, A>> {
    using type = xsimd::batch<T, ordered_architecture<A>>;
};
template <class T, class A>
struct ordered_type<xsimd::batch<T, ordered_architecture<A>>> {
    using type = xsimd::batch<T, ordered_architecture<A>>;
};
}  // namespace detail

/// The vector to compute with where the order of operations matters: V itself, where the compiler keeps it.
template <class V>
using ordered = typename detail::ordered_type<V>::type;

/// Converts to another vector type of as many lanes, or to the same type.
template <class To, class From>
[[gnu::always_inline]] inline To as(const From& x)
{
    if constexpr (std::is_same_v<To, From>) {
        return x;
    } else {
        return To(x.data);
    }
}

template <class To, class From, std::size_t N>
[[gnu::always_inline]] inline std::array<To, N> as(const std::array<From, N>& x)
{
    return [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
        return std::array<To, N>{as<To>(x[I])...};
    }(std::make_index_sequence<N>{});
}

/// Divides with the rounding of a / b.
template <class V>
[[gnu::always_inline]] inline V divide(const V& a, const V& b)
{
    return as<V>(as<ordered<V>>(a) / as<ordered<V>>(b));
}

/// Tells for each lane whether it is not NaN, by the integer of its bits, where comparisons of floats do not tell.
template <class A>
[[gnu::always_inline]] inline auto is_a_number(const xsimd::batch<float, ordered_architecture<A>>& x)
{
    using integers = xsimd::batch<std::int32_t, ordered_architecture<A>>;
    return xsimd::bool_cast((bits_of(x) & integers(0x7fff'ffff)) <= integers(0x7f80'0000));
}

}  // namespace cameo::inline CAMEO_TARGET::simd

namespace xsimd::types {

template <class T, class A>
struct has_simd_register<T, cameo::simd::ordered_architecture<A>> : has_simd_register<T, A> {};

template <class T, class A>
struct get_bool_simd_register<T, cameo::simd::ordered_architecture<A>> : get_bool_simd_register<T, A> {};

template <class T, class A>
struct simd_register<T, cameo::simd::ordered_architecture<A>> {
    using register_type = typename simd_register<T, A>::register_type;
    register_type data;

    simd_register() = default;
    [[gnu::always_inline]] simd_register(register_type x) noexcept : data(x)
    {
        if constexpr (std::is_floating_point_v<T>) {
#if defined(__SSE2__)
            asm("" : "+v"(data));
#elif defined(__aarch64__)
            asm("" : "+w"(data));
#endif
        }
    }
    [[gnu::always_inline]] operator register_type() const noexcept { return data; }
};

}  // namespace xsimd::types

#if defined(__SSE2__) && !CAMEO_KEEPS_ORDER
// Of a division and a root of floats, both compilers make an estimate and a step of Newton's, which err by two units
// and know neither large nor subnormal numbers.
namespace cameo::inline CAMEO_TARGET::simd::detail {

template <class Register>
[[gnu::always_inline]] inline Register divided(Register a, Register b)
{
#if defined(__AVX__)
    asm("vdivps {%1, %0, %0|%0, %0, %1}" : "+v"(a) : "v"(b));
#else
    asm("divps {%1, %0|%0, %1}" : "+x"(a) : "x"(b));
#endif
    return a;
}
template <class Register>
[[gnu::always_inline]] inline Register root(Register x)
{
#if defined(__AVX__)
    asm("vsqrtps {%0, %0|%0, %0}" : "+v"(x));
#else
    asm("sqrtps {%0, %0|%0, %0}" : "+x"(x));
#endif
    return x;
}

template <dim Lanes>
using architecture_of = ordered_architecture<typename vector<float, Lanes>::arch_type>;
template <class T, dim Lanes>
using ordered_batch = xsimd::batch<T, ordered_architecture<typename vector<double, Lanes>::arch_type>>;

/// Converts integers to doubles. xsimd adds and subtracts large numbers for that, which cancel unless the order is
/// kept.
template <class A>
[[gnu::always_inline]] inline xsimd::batch<double, A> converted(const xsimd::batch<std::int64_t, A>& x)
{
    std::array<std::int64_t, xsimd::batch<double, A>::size> lanes;
    std::array<double, lanes.size()> numbers;
    x.store_unaligned(lanes.data());
    std::copy(lanes.begin(), lanes.end(), numbers.begin());
    return xsimd::batch<double, A>::load_unaligned(numbers.data());
}

}  // namespace cameo::inline CAMEO_TARGET::simd::detail

namespace xsimd {

template <>
[[gnu::always_inline]] inline auto batch<float, cameo::simd::detail::architecture_of<4>>::operator/=(
    const batch& b) noexcept -> batch&
{
    return *this = cameo::simd::detail::divided(data, b.data);
}
template <>
[[gnu::always_inline]] inline auto to_float(const cameo::simd::detail::ordered_batch<std::int64_t, 2>& x) noexcept
    -> cameo::simd::detail::ordered_batch<double, 2>
{
    return cameo::simd::detail::converted(x);
}
template <>
[[gnu::always_inline]] inline batch<float, cameo::simd::detail::architecture_of<4>> sqrt(
    const batch<float, cameo::simd::detail::architecture_of<4>>& x) noexcept
{
    return cameo::simd::detail::root(x.data);
}
#if defined(__AVX__)
template <>
[[gnu::always_inline]] inline auto batch<float, cameo::simd::detail::architecture_of<8>>::operator/=(
    const batch& b) noexcept -> batch&
{
    return *this = cameo::simd::detail::divided(data, b.data);
}
template <>
[[gnu::always_inline]] inline auto to_float(const cameo::simd::detail::ordered_batch<std::int64_t, 4>& x) noexcept
    -> cameo::simd::detail::ordered_batch<double, 4>
{
    return cameo::simd::detail::converted(x);
}
template <>
[[gnu::always_inline]] inline batch<float, cameo::simd::detail::architecture_of<8>> sqrt(
    const batch<float, cameo::simd::detail::architecture_of<8>>& x) noexcept
{
    return cameo::simd::detail::root(x.data);
}
#endif
#if defined(__AVX512F__)
template <>
[[gnu::always_inline]] inline auto batch<float, cameo::simd::detail::architecture_of<16>>::operator/=(
    const batch& b) noexcept -> batch&
{
    return *this = cameo::simd::detail::divided(data, b.data);
}
template <>
[[gnu::always_inline]] inline auto to_float(const cameo::simd::detail::ordered_batch<std::int64_t, 8>& x) noexcept
    -> cameo::simd::detail::ordered_batch<double, 8>
{
    return cameo::simd::detail::converted(x);
}
template <>
[[gnu::always_inline]] inline batch<float, cameo::simd::detail::architecture_of<16>> sqrt(
    const batch<float, cameo::simd::detail::architecture_of<16>>& x) noexcept
{
    return cameo::simd::detail::root(x.data);
}
#endif

}  // namespace xsimd
#endif
