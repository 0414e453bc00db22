// Mod of floats: the special cases that ONNX lists, in constant expressions and at run time.
#include <cameo/function/mod.hpp>
#include <doctest/doctest.h>
#include <limits>

namespace cameo {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();

template <class T>
constexpr bool is(T a, T b, T expected)
{
    const T y = functions::mod{}(a, b);
    return expected != expected ? y != y : y == expected && std::signbit(y) == std::signbit(expected);
}

template <class T>
constexpr bool follows_onnx()
{
    constexpr T inf = static_cast<T>(infinity), none = static_cast<T>(nan);
    return is<T>(-7, 2, 1) && is<T>(7, -2, -1) && is<T>(T(-4.25), 2, T(1.75)) && is<T>(6, -3, T(-0.0)) &&
           is<T>(T(-0.0), 5, 0) && is<T>(0, -5, T(-0.0)) && is<T>(3, inf, 3) && is<T>(-3, inf, inf) &&
           is<T>(3, -inf, -inf) && is<T>(0, -inf, T(-0.0)) && is<T>(inf, 2, none) && is<T>(2, 0, none) &&
           is<T>(none, -2, none) && is<T>(2, none, none);
}

static_assert(functions::mod{}(-7.0, 2.0) == 1 && functions::mod{}(7.0f, -2.0f) == -1);
static_assert(functions::mod{}(-3.0, infinity) == infinity && functions::mod{}(3.0, infinity) == 3);

TEST_CASE("the remainder has the sign of the divisor")
{
    CHECK(follows_onnx<float>());
    CHECK(follows_onnx<double>());
}

}  // namespace
}  // namespace cameo
