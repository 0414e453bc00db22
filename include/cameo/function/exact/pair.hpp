// Numbers as sums of two doubles, with about 100 bits, in which functions of constant expressions are computed so that
// their results are correctly rounded.
#pragma once
#include <bit>
#include <cameo/core/target.hpp>
#include <cstdint>

/// Mathematics for the compiler: <cmath> is no constant expression before C++26 (clang; g++ takes it as an extension).
/// Each function takes and gives doubles, is within 0.51 units in the last place, and has the special values of C's
/// Annex F. Slow: nothing here runs when the program does. The functions are templates, though nothing depends on their
/// parameter, because a compiler then works on those alone that a program calls, and most programs call none.
namespace cameo::inline CAMEO_TARGET::exact {

inline constexpr double infinity = std::bit_cast<double>(std::uint64_t{0x7ff} << 52);
inline constexpr double not_a_number = std::bit_cast<double>(std::uint64_t{0xfff} << 51);

constexpr bool is_negative(double x) { return std::bit_cast<std::uint64_t>(x) >> 63 != 0; }
constexpr double abs(double x)
{
    return std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) & ~(std::uint64_t{1} << 63));
}
/// Tests for NaN by bits: comparisons do not detect it if the compiler assumes finite numbers.
constexpr bool is_nan(double x)
{
    return std::bit_cast<std::uint64_t>(abs(x)) > std::bit_cast<std::uint64_t>(infinity);
}
constexpr double with_sign_of(double magnitude, double x) { return is_negative(x) ? -abs(magnitude) : abs(magnitude); }
/// 2^n for -1022 <= n <= 1023.
constexpr double power_of_two(int n) { return std::bit_cast<double>(static_cast<std::uint64_t>(n + 1023) << 52); }
/// The exponent of a normal number: 2^n <= |x| < 2^(n + 1).
constexpr int exponent(double x) { return static_cast<int>(std::bit_cast<std::uint64_t>(x) >> 52 & 0x7ff) - 1023; }

/// x 2^n for |n| <= 2200, rounded once more where the result is subnormal.
constexpr double scaled(double x, int n)
{
    while (n > 1000) {
        x *= power_of_two(1000);
        n -= 1000;
    }
    if (n >= -1000) {
        return x * power_of_two(n);
    }
    // The last step alone may round.
    while (n < -1900) {
        x *= power_of_two(-900);
        n += 900;
    }
    return x * power_of_two(-900) * power_of_two(n + 900);
}

/// high + low, where low is at most half a unit in the last place of high.
struct pair {
    double high = 0, low = 0;

    constexpr double rounded() const { return high + low; }
    constexpr pair operator-() const { return {-high, -low}; }
};

/// The exact sum where |a| >= |b|. A variable for each step: -fassociative-math takes no sum of one statement apart
/// then.
constexpr pair ordered_sum(double a, double b)
{
    const double sum = a + b;
    const double taken = sum - a;
    return {sum, b - taken};
}

/// The exact sum (Knuth).
constexpr pair exact_sum(double a, double b)
{
    const double sum = a + b;
    const double second = sum - a;
    const double first = sum - second;
    const double lost_of_b = b - second;
    const double lost_of_a = a - first;
    return {sum, lost_of_a + lost_of_b};
}

/// 26 bits above, 27 below (Veltkamp).
constexpr pair split(double a)
{
    const double large = 134217729 * a;
    const double rest = large - a;
    const double high = large - rest;
    return {high, a - high};
}

/// The exact product (Dekker), for factors below 2^990 and products above 2^-960.
constexpr pair exact_product(double a, double b)
{
    const double product = a * b;
    const pair x = split(a), y = split(b);
    double error = x.high * y.high;
    error = error - product;
    error = error + x.high * y.low;
    error = error + x.low * y.high;
    error = error + x.low * y.low;
    return {product, error};
}

constexpr pair operator+(const pair& a, const pair& b)
{
    const pair high = exact_sum(a.high, b.high), low = exact_sum(a.low, b.low);
    const pair sum = ordered_sum(high.high, high.low + low.high);
    return ordered_sum(sum.high, sum.low + low.low);
}
constexpr pair operator+(const pair& a, double b) { return a + pair{b}; }
constexpr pair operator-(const pair& a, const pair& b) { return a + -b; }

constexpr pair operator*(const pair& a, const pair& b)
{
    const pair product = exact_product(a.high, b.high);
    const double crossed = a.high * b.low + a.low * b.high;
    return ordered_sum(product.high, product.low + crossed);
}
constexpr pair operator*(const pair& a, double b) { return a * pair{b}; }
/// Exact: b is a power of two.
constexpr pair times_power(const pair& a, double b) { return {a.high * b, a.low * b}; }

constexpr pair operator/(const pair& a, const pair& b)
{
    const double first = a.high / b.high;
    const pair rest = a - b * first;
    const double second = rest.high / b.high;
    const pair last = rest - b * second;
    return ordered_sum(first, second) + last.high / b.high;
}

/// The square root of a positive number: a guess by halving the exponent, Newton's steps, and one in twice the
/// precision.
constexpr pair square_root(const pair& a)
{
    const int half = (exponent(a.high) + 2 * 1024) / 2 - 1024;
    const pair x{scaled(a.high, -2 * half), scaled(a.low, -2 * half)};  // 1 to 4
    double root = 0.5 + 0.5 * x.high;
    for (int k = 0; k < 6; ++k) {
        root = 0.5 * (root + x.high / root);
    }
    const pair rest = x - exact_product(root, root);
    const pair result = ordered_sum(root, rest.high / (2 * root));
    return {scaled(result.high, half), scaled(result.low, half)};
}

/// c[0] + c[1] x + …, where terms from `coarse` on are so small that double will do.
template <std::size_t Count>
constexpr pair polynomial(const pair (&c)[Count], std::size_t coarse, const pair& x)
{
    double small = 0;
    for (std::size_t k = Count; k-- > coarse;) {
        small = small * x.high + c[k].high;
    }
    pair sum{small};
    for (std::size_t k = coarse; k-- > 0;) {
        sum = sum * x + c[k];
    }
    return sum;
}

}  // namespace cameo::inline CAMEO_TARGET::exact
