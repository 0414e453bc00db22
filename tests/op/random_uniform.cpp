// RandomUniform: the published numbers of Philox4x32-10, and which of them an element gets.
#include <cameo/op/random_uniform.hpp>

namespace cameo {
namespace {

using enum random_uniform_problem;
using four = std::array<std::uint32_t, 4>;

// Known answers of Random123, by the authors of the paper (kat_vectors, philox4x32 10).
static_assert(philox({}, {}) == four{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
static_assert(philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}) ==
              four{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
static_assert(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
              four{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});

constexpr std::array<float, 6> drawn(random_uniform_attributes a, std::int64_t run)
{
    std::array<float, 6> y{};
    const std::array runs{run};
    evaluate(random_uniform_spec{a, i64<1>}, std::span<const std::int64_t>(runs), std::span<float>(y));
    return y;
}
constexpr random_uniform_attributes six{{2, 3}, 5, 7};
static_assert(drawn({{6}}, 0)[3] == static_cast<float>(0x9b00db) * 0x1p-24f);
static_assert(drawn(six, 9)[4] == static_cast<float>(philox({1, 0, 9, 0}, {5, 7})[0] >> 8) * 0x1p-24f);
static_assert(drawn(six, dim{3} << 32 | 2)[1] == static_cast<float>(philox({0, 0, 2, 3}, {5, 7})[1] >> 8) * 0x1p-24f);

static_assert(result(random_uniform_spec{six, i64<1>}) == f32<2, 3>);
static_assert(check(random_uniform_spec{six, i64<1>}) == none);
static_assert(check(random_uniform_spec{six, i64<2>}) == count_of_runs_must_be_one_number);
static_assert(check(random_uniform_spec{{{2}, -1, 0}, i64<1>}) == seed_and_stream_must_have_32_bits);
static_assert(check(random_uniform_spec{{{2}, 0, dim{1} << 32}, i64<1>}) == seed_and_stream_must_have_32_bits);

}  // namespace
}  // namespace cameo
