// Holds the fast path of Cast against its definition: from all numbers of 16 bits, and from floats of any bits.
#include <bit>
#include <cameo/kernel/cast.hpp>
#include <cstring>
#include <doctest/doctest.h>
#include <memory>
#include <numerics.hpp>

using namespace cameo;

namespace {

constexpr dim extent = 0x10000 + 7;

/// Compares bits, where what is read is a number to both.
template <element From, element To, class Fill>
void compare(Fill fill)
{
    static constexpr cast_spec spec{{To}, {From, {extent}}};
    static constexpr tensor_type y = result(spec);
    static_assert(!requires { kernel<spec, y>::plain_definition; });
    using from = element_type<From>;
    using to = element_type<To>;
    std::vector<from> x(extent);
    std::vector<to> found(extent), expected(extent);
    fill(x);
    kernel<spec, y>::run(x, found);
    evaluate(spec, std::span<const from>(x), std::span(expected));
    for (std::size_t i = 0; i < x.size(); ++i) {
        const auto of_x = static_cast<float>(x[i]);
        const bool nan = !detail::is_a_number(of_x);
        if (numerics::is_argument(of_x) && std::memcmp(&found[i], &expected[i], sizeof(to)) != 0 &&
            !(nan && !detail::is_a_number(static_cast<float>(found[i])))) {
            FAIL_CHECK(of_x, " becomes ", static_cast<float>(found[i]), ", expected ", static_cast<float>(expected[i]));
        }
    }
}

template <class Narrow>
void all_numbers(std::vector<Narrow>& x)
{
    for (std::size_t i = 0; i < x.size(); ++i) {
        x[i] = Narrow::from_bits(static_cast<typename Narrow::bits_type>(i));
    }
}

void any_floats(std::vector<float>& x)
{
    std::uint32_t bits = 1;
    for (float& v : x) {
        bits = bits * 1664525u + 1013904223u;
        v = std::bit_cast<float>(bits);
    }
    // Most floats are beyond float16.
    for (std::size_t i = 0; i < x.size(); i += 2) {
        const auto size = std::bit_cast<std::uint32_t>(x[i]);
        x[i] = std::bit_cast<float>((size & 0x807fffffu) | (100 + size % 45) << 23);
    }
}

}  // namespace

TEST_CASE_TEMPLATE("casts between floats", Narrow, float16, bfloat16)
{
    compare<element_of<Narrow>, element::float32>(all_numbers<Narrow>);
    compare<element::float32, element_of<Narrow>>(any_floats);
}
