// Holds rounding to float16 and bfloat16 on vectors against the definition, where both meet: halves between two
// numbers, what lies beside them, the largest and the least, and every 1009th float.
#include <doctest/doctest.h>
#include <numerics.hpp>

namespace {

using namespace numerics;

/// The float that lies between two neighbours of a narrow format, and its own neighbours.
template <class Narrow>
floats around_half(unsigned bits)
{
    constexpr int dropped = std::numeric_limits<float>::digits - 1 - Narrow::format.fraction_bits;
    const auto number = std::bit_cast<std::uint32_t>(
        static_cast<float>(Narrow::from_bits(static_cast<typename Narrow::bits_type>(bits))));
    floats around{};
    for (std::size_t i = 0; i < around.size(); ++i) {
        const std::uint32_t half = i % 4 == 3 ? 0 : std::uint32_t{1} << (dropped - 1);
        around[i] = std::bit_cast<float>(number + half + static_cast<std::uint32_t>(i % 3) - 1);
    }
    return around;
}

template <class Function>
void compare(const floats& x)
{
    floats y;
    cameo::simd::call(Function{}, vector::load_unaligned(x.data())).store_unaligned(y.data());
    for (std::size_t i = 0; i < x.size(); ++i) {
        const float expected = Function{}(x[i]);
        const bool same = std::bit_cast<std::uint32_t>(y[i]) == std::bit_cast<std::uint32_t>(expected) ||
                          (!is_a_number(y[i]) && !is_a_number(expected));
        if (is_argument(x[i]) && !same) {
            FAIL_CHECK(x[i], " becomes ", y[i], ", expected ", expected);
        }
    }
}

}  // namespace

TEST_CASE_TEMPLATE(
    "floats are rounded to 16 bits", Function, cameo::functions::round_float16, cameo::functions::round_bfloat16)
{
    each_vector_of_floats([](const floats& x) { compare<Function>(x); });
    for (unsigned bits = 0; bits <= 0xffff; ++bits) {
        compare<Function>(around_half<typename Function::narrow>(bits));
    }
}
