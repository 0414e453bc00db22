// Measures how far a tensor is from its reference: largest error, mean square, and distance in representable numbers.
#include "evaluate/compare.hpp"
#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace cameo::generator {

namespace {

/// Maps numbers to integers in the same order, so that neighbours are one apart and both zeros are equal.
std::int64_t position(double v)
{
    const auto bits = std::bit_cast<std::int64_t>(v);
    return bits < 0 ? std::numeric_limits<std::int64_t>::min() - bits : bits;
}
std::int64_t position(float v)
{
    const auto bits = std::bit_cast<std::int32_t>(v);
    return bits < 0 ? std::int64_t{std::numeric_limits<std::int32_t>::min()} - bits : bits;
}
std::int64_t position(exponent_float v) { return v.bits(); }
template <float_format Format>
std::int64_t position(narrow_float<Format> v)
{
    const std::int64_t size = v.bits() & ((1 << (Format.bits() - 1)) - 1);
    return size == v.bits() ? size : -size;
}
template <class Integer>
std::int64_t position(Integer v)
{
    return static_cast<std::int64_t>(v);
}

template <class T>
bool same(T a, T b)
{
    return a == b || (a != a && b != b);
}

template <class T>
difference compare_elements(std::span<const T> reference, std::span<const T> found, double tolerance)
{
    difference d;
    double largest = 0, squares = 0;
    for (std::size_t i = 0; i < reference.size(); ++i) {
        const double r = static_cast<double>(reference[i]);
        if (std::isfinite(r)) {
            largest = std::max(largest, std::abs(r));
        }
        if (same(reference[i], found[i])) {
            continue;
        }
        double error = std::abs(static_cast<double>(found[i]) - r);
        if (!std::isfinite(error)) {
            error = std::numeric_limits<double>::infinity();
        }
        const std::int64_t a = position(reference[i]), b = position(found[i]);
        d.ulp = std::max(d.ulp, a > b ? static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b)
                                      : static_cast<std::uint64_t>(b) - static_cast<std::uint64_t>(a));
        d.absolute = std::max(d.absolute, error);
        squares += error * error;
    }
    if (!reference.empty()) {
        d.mse = squares / static_cast<double>(reference.size());
    }
    d.relative = d.absolute == 0 ? 0 : d.absolute / largest;
    d.within = is_floating(element_of<T>) ? d.absolute <= tolerance * largest + tolerance / 100 : d.ulp == 0;
    return d;
}

}  // namespace

difference compare(const tensor& reference, const tensor& found, double tolerance)
{
    return with_elements(reference,
        [&]<class T>(std::span<const T> elements) { return compare_elements<T>(elements, found.as<T>(), tolerance); });
}

}  // namespace cameo::generator
