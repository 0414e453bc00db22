// cameo::forward in constant expressions gives the results of onnxruntime and of the compiled network.
#include "mlp_jet.hpp"
#include <cameo/network/forward.hpp>
#include <doctest/doctest.h>

namespace {

constexpr auto x = [] {
    std::array<float, 16> all{};
    float i = 0;
    for (float& v : all) {
        v = i++ / 16 - 0.5f;
    }
    return all;
}();
constexpr std::array expected{0.03985083f, 0.10197629f, -0.05904533f, -0.02210477f, -0.06171965f};  // by onnxruntime

constexpr bool near(const auto& found, const auto& wanted)
{
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (const float error = found[i] - wanted[i]; !(error < 1e-6f && error > -1e-6f)) {
            return false;
        }
    }
    return true;
}

}  // namespace

static_assert(near(cameo::forward<mlp_jet::model>(x), expected));

TEST_CASE("the network computes what the compiler did")
{
    mlp_jet::net net;
    CHECK(near(net(x), expected));
    CHECK(near(net(x), expected));  // and again: a run leaves nothing behind
}

namespace {

// Two inputs, two results of one layer's kind, a weight in blocks: what mlp_jet has not.
namespace small {
struct weight : cameo::constant<cameo::f32<2, 1>.stored({cameo::layout::filter_plain})> {
    static constexpr float values[] = {3, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
};
struct a : cameo::input<cameo::f32<1, 2>> {
    static constexpr int step = 0;
};
struct b : cameo::input<cameo::i64<2>> {
    static constexpr int step = 1;
};
struct product : cameo::gemm<cameo::f32<1, 1>, cameo::from<a, weight>> {
    static constexpr int step = 2;
};
struct larger : cameo::elementwise<cameo::boolean<2>, cameo::from<b, b>,
                    cameo::elementwise_attributes{cameo::less(cameo::operand<0>, cameo::operand<1>)}> {
    static constexpr int step = 3;
};
struct model {
    using inputs = cameo::list<a, b>;
    using outputs = cameo::list<product, larger>;
    static constexpr int steps = 4;
    static constexpr void schedule(auto visit) { visit(a{}), visit(b{}), visit(product{}), visit(larger{}); }
};
}  // namespace small

constexpr auto results = cameo::forward<small::model>(std::array{2.0f, 4.0f}, std::array<std::int64_t, 2>{7, 8});

}  // namespace

static_assert(std::get<0>(results)[0] == 26.0f);
static_assert(std::get<1>(results) == std::array{false, false});
