// Integer arithmetic wraps. Undefined behaviour is no constant expression, so it is the test that these compile.
#include <cameo/function/list.hpp>
#include <cameo/op/gemm.hpp>
#include <cameo/op/matmul.hpp>
#include <limits>

using namespace cameo;

namespace {

template <class T>
constexpr T most = std::numeric_limits<T>::max();
template <class T>
constexpr T least = std::numeric_limits<T>::min();

template <class T>
constexpr bool wraps()
{
    const T one = 1, two = 2;
    return functions::add{}(most<T>, one) == least<T> && functions::sub{}(least<T>, one) == most<T> &&
           functions::mul{}(most<T>, two) == static_cast<T>(-2) && functions::mul{}(least<T>, least<T>) == 0 &&
           functions::neg{}(least<T>) == least<T> && functions::abs{}(least<T>) == least<T> &&
           functions::prelu{}(least<T>, most<T>) == (least<T> < 0 ? least<T> : T(0)) &&
           functions::shrink{}(most<T>, T(0), T(-1)) == least<T> &&
           plus_product(most<T>, most<T>, most<T>) == wrapping_sum(most<T>, wrapping_product(most<T>, most<T>));
}
static_assert(wraps<std::int8_t>() && wraps<std::uint8_t>() && wraps<std::int32_t>() && wraps<std::int64_t>());

static_assert(
    functions::pow{}(std::int64_t{3}, std::int64_t{39}) == 4052555153018976267);  // a double has not all of its digits
static_assert(functions::pow{}(std::int64_t{-2}, std::int64_t{63}) == least<std::int64_t> &&
              functions::pow{}(2, 33) == 0 && functions::pow{}(most<std::int32_t>, 2) == 1);
static_assert(functions::pow{}(2, -1) == 0 && functions::pow{}(1, -7) == 1 && functions::pow{}(-1, -7) == -1 &&
              functions::pow{}(-1, -8) == 1 && functions::pow{}(0, 0) == 1);
static_assert(functions::pow{}(std::int8_t{-128}, std::int8_t{127}) == 0 &&
              functions::pow{}(std::uint8_t{3}, std::uint8_t{255}) == 171);

/// Multiplies a row of the largest integers by a column of them, with each operator that has such a product.
template <class T, class Spec>
constexpr T product(const Spec& s)
{
    const T row[] = {most<T>, most<T>, most<T>}, column[] = {most<T>, most<T>, least<T>};
    T y[1]{};
    if constexpr (requires { s.alpha; }) {
        evaluate<T>(s, std::span<const T>(row), std::span<const T>(column), {}, {}, {}, {}, std::span<T>(y));
    } else {
        evaluate<T>(s, std::span<const T>(row), std::span<const T>(column), {}, std::span<T>(y));
    }
    return y[0];
}
// 1 + 1 + least, in both types.
static_assert(product<std::int32_t>(matmul_spec{{}, i32<1, 3>, i32<3, 1>}) == least<std::int32_t> + 2);
static_assert(product<std::int64_t>(matmul_spec{{}, i64<1, 3>, i64<3, 1>}) == least<std::int64_t> + 2);
static_assert(product<std::int32_t>(gemm_spec{{.alpha = 3}, i32<1, 3>, i32<3, 1>}) == least<std::int32_t> + 6);

}  // namespace
