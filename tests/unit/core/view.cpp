// Views: indices are logical in any storage, a wrong number of them does not compile, and results are read only.
#include <cameo/core/view.hpp>
#include <numeric>

using namespace cameo;

namespace {

constexpr auto numbers = [] {
    std::array<float, 24> all{};
    std::iota(all.begin(), all.end(), 0.0f);
    return all;
}();
constexpr view<f32<2, 3, 4>, const float> plain(numbers.data());

template <class View, class... Index>
concept indexed_by = requires(View v, Index... i) { v(i...); };

}  // namespace

static_assert(plain.size() == 24 && plain.rank() == 3 && plain.extent(1) == 3 && plain.shape == shape{2, 3, 4});
static_assert(plain(1, 2, 3) == 23.0f && plain[4] == plain(0, 1, 0));
static_assert(std::accumulate(plain.begin(), plain.end(), 0.0f) == 276.0f);
static_assert(indexed_by<decltype(plain), int, int, int>);
// g++ accepts a wrong call until it is instantiated, for the sake of its message: test_compile_fail.py calls it.
static_assert(expected_indices<3>::given<int, int, int> && !expected_indices<3>::given<int, int>, "one index per axis");
static_assert(!std::is_assignable_v<decltype(plain(0, 0, 0)), float>, "results are read only");

// Positions are logical in any storage, and only plain storage is a range.
static_assert([] {
    constexpr tensor_type blocked = f32<1, 2, 1, 2>.blocked();
    std::array<float, stored_count(blocked)> memory{};
    const view<blocked, float> v(memory.data());
    v(0, 1, 0, 1) = 5.0f;
    return memory[17] == 5.0f;
}());
template <class View>
concept a_range = requires(View v) { v.begin(); };
static_assert(a_range<view<f32<1, 2, 1, 2>, float>>);
static_assert(!a_range<view<f32<1, 2, 1, 2>.blocked(), float>>);
