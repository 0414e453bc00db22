// Holds the fast path of Gather, with negative indices and indices out of range, against its definition.
#include <array>
#include <cameo/kernel/gather.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

template <gather_spec Spec, tensor_type Y>
constexpr bool has_fast_path = !requires { kernel<Spec, Y>::plain_definition; };

}  // namespace

TEST_CASE("rows and blocks, counted from either end")
{
    static constexpr gather_spec spec{{1}, f32<2, 5, 3>, i64<2, 2>};
    constexpr tensor_type y = result(spec);
    static_assert(has_fast_path<spec, y> && !has_fast_path<gather_spec{{0}, f32<9>, i64<2>}, f32<2>>);
    std::array<float, 30> x;
    for (std::size_t i = 0; i < x.size(); ++i) {
        x[i] = static_cast<float>(i);
    }
    const std::array<std::int64_t, 4> indices{4, 0, -1, -5};
    std::array<float, 24> found{}, expected{};
    kernel<spec, y>::run(std::span<const float>(x), std::span<const std::int64_t>(indices), std::span<float>(found));
    evaluate(spec, std::span<const float>(x), std::span<const std::int64_t>(indices), std::span<float>(expected));
    CHECK(found == expected);
    CHECK(found[0] == 12);
    CHECK(found[3] == 0);
}
