// Trigonometric functions and their inverses for constant expressions.
#pragma once
#include <cameo/function/exact/pair.hpp>

namespace cameo::inline CAMEO_TARGET::exact {

inline constexpr pair half_pi{1.5707963267948966192, 6.123233995736766e-17};

/// x as quarter turns and a rest, |rest| <= pi / 4.
struct reduced {
    unsigned quarters = 0;  ///< modulo 4
    pair rest;
};

/// 2 / pi in words of 32 bits behind the point, as many as the largest double asks for.
inline constexpr std::uint32_t two_over_pi[] = {0xa2f9836e, 0x4e441529, 0xfc2757d1, 0xf534ddc0, 0xdb629599, 0x3c439041,
    0xfe5163ab, 0xdebbc561, 0xb7246e3a, 0x424dd2e0, 0x06492eea, 0x09d1921c, 0xfe1deb1c, 0xb129a73e, 0xe88235f5,
    0x2ebb4484, 0xe99c7026, 0xb45f7e41, 0x3991d639, 0x835339f4, 0x9c845f8b, 0xbdf9283b, 0x1ff897ff, 0xde05980f,
    0xef2f118b, 0x5a0a6d1f, 0x6d367ecf, 0x27cb09b7, 0x4f463f66, 0x9e5fea2d, 0x7527bac7, 0xebe5f17b, 0x3d0739f7,
    0x8a5292ea, 0x6bfb5fb1, 0x1f8d5d08, 0x56033046, 0xfc7b6bab, 0xf0cfbc20, 0x9af4361d, 0xa9e39161, 0x5ee61b08,
    0x6599855f, 0x14a06840, 0x8dffd880};

/// Reduces |x| > pi / 4 (Payne and Hanek): multiplies x by those bits of 2 / pi that neither give multiples of four nor
/// vanish.
template <class = void>
constexpr reduced reduce(double x)
{
    const double size = abs(x);
    if (size <= 0.78539816339744831) {
        return {0, {x}};
    }
    constexpr int words = 9;
    // size = mantissa x 2^e; words before `first` give multiples of four.
    const int e = exponent(size) - 52;
    const int first = e > 32 ? (e - 2) / 32 : 0;
    const std::uint64_t mantissa =
        (std::bit_cast<std::uint64_t>(size) & ((std::uint64_t{1} << 52) - 1)) | std::uint64_t{1} << 52;
    std::uint32_t product[words + 2] = {};  // from the top: mantissa x the window
    const std::uint64_t factors[2] = {mantissa & 0xffffffff, mantissa >> 32};
    for (int f = 0; f < 2; ++f) {
        std::uint64_t carry = 0;
        for (int k = words - 1; k >= 0; --k) {
            const int place = k + 2 - f;
            carry += product[place] + factors[f] * two_over_pi[first + k];
            product[place] = static_cast<std::uint32_t>(carry);
            carry >>= 32;
        }
        product[1 - f] = static_cast<std::uint32_t>(carry);
    }
    // The point lies behind this many bits of the product.
    const int point = 64 + e - 32 * first;
    const auto bits = [&](int from) {  // 32 of them
        std::uint64_t both = 0;
        for (int k = from >> 5; k <= (from >> 5) + 1; ++k) {
            both = both << 32 | (k >= 0 && k < words + 2 ? product[k] : 0);
        }
        return static_cast<std::uint32_t>(both >> (32 - (from & 31)));
    };
    unsigned quarters = bits(point - 32) & 3;
    const bool above_half = bits(point) >> 31 != 0;
    // The fraction, minus one where it is above one half, from its smallest part.
    pair fraction{};
    for (int k = 5; k >= 0; --k) {
        const double part = static_cast<double>(above_half ? ~bits(point + 32 * k) : bits(point + 32 * k));
        fraction = fraction + part * power_of_two(-32 * (k + 1));
    }
    quarters += above_half ? 1 : 0;
    const pair rest = (above_half ? -fraction : fraction) * half_pi;
    return is_negative(x) ? reduced{(4 - quarters) & 3, -rest} : reduced{quarters & 3, rest};
}

/// 1 / n!, with the signs of the series of sine and cosine, from n = First in steps of two.
template <int First>
struct alternating_series {
    pair terms[13] = {{1}};
    constexpr alternating_series()
    {
        for (int k = 1; k < 13; ++k) {
            terms[k] = -(terms[k - 1] / pair{(2.0 * k + First - 1) * (2.0 * k + First)});
        }
    }
};

template <class = void>
constexpr pair sine_of(const pair& rest)
{
    constexpr alternating_series<1> series;
    return rest * polynomial(series.terms, 6, rest * rest);
}
template <class = void>
constexpr pair cosine_of(const pair& rest)
{
    constexpr alternating_series<0> series;
    return polynomial(series.terms, 6, rest * rest);
}

/// Computes the sine of x plus a number of quarter turns.
template <class = void>
constexpr pair sine_after(const reduced& x, unsigned quarters)
{
    const unsigned all = (x.quarters + quarters) & 3;
    const pair result = all & 1 ? cosine_of(x.rest) : sine_of(x.rest);
    return all & 2 ? -result : result;
}

template <class = void>
constexpr double sin(double x)
{
    if (!(abs(x) < infinity)) {
        return not_a_number;
    }
    return abs(x) < 0x1p-30 ? x : sine_after(reduce(x), 0).rounded();
}

template <class = void>
constexpr double cos(double x)
{
    if (!(abs(x) < infinity)) {
        return not_a_number;
    }
    return sine_after(reduce(x), 1).rounded();
}

template <class = void>
constexpr double tan(double x)
{
    if (!(abs(x) < infinity)) {
        return not_a_number;
    }
    if (abs(x) < 0x1p-30) {
        return x;
    }
    const reduced r = reduce(x);
    return (sine_after(r, 0) / sine_after(r, 1)).rounded();
}

/// Computes the arctangent of x >= 0. The angle is halved twice by tan(a / 2) = t / (1 + sqrt(1 + t^2)); then the
/// series is summed.
template <class = void>
constexpr pair arctangent(const pair& x)
{
    struct series {
        pair terms[17];
        constexpr series()
        {
            for (int k = 0; k < 17; ++k) {
                terms[k] = pair{k % 2 ? -1.0 : 1.0} / pair{2.0 * k + 1};
            }
        }
    };
    constexpr series all;
    if (x.high > 1) {
        return half_pi - arctangent(pair{1} / x);
    }
    pair t = x;
    for (int k = 0; k < 2; ++k) {
        t = t / (square_root(t * t + 1) + 1);
    }
    return times_power(t * polynomial(all.terms, 7, t * t), 4);
}

template <class = void>
constexpr double atan(double x)
{
    if (is_nan(x) || abs(x) < 0x1p-30) {
        return x;
    }
    return with_sign_of(abs(x) > 0x1p60 ? half_pi.rounded() : arctangent({abs(x)}).rounded(), x);
}

template <class = void>
constexpr double asin(double x)
{
    if (is_nan(x) || abs(x) < 0x1p-30) {
        return x;
    }
    if (abs(x) >= 1) {
        return abs(x) == 1 ? with_sign_of(half_pi.rounded(), x) : not_a_number;
    }
    const double a = abs(x);
    return with_sign_of(arctangent(pair{a} / square_root(exact_sum(1, -a) * exact_sum(1, a))).rounded(), x);
}

template <class = void>
constexpr double acos(double x)
{
    if (!(abs(x) <= 1)) {
        return not_a_number;
    }
    if (x == -1) {
        return 2 * half_pi.rounded();
    }
    if (x == 1) {
        return 0;
    }
    return times_power(arctangent(square_root(exact_sum(1, -x) / exact_sum(1, x))), 2).rounded();
}

}  // namespace cameo::inline CAMEO_TARGET::exact
