// The memory plan: lifetimes, reuse, views, and values that are joined or cut in place.
#include <cameo/cameo.hpp>
#include <cameo/kernel/concat.hpp>
#include <cameo/kernel/slice.hpp>
#include <cameo/op/elementwise.hpp>
#include <cameo/op/reshape.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

constexpr tensor_type row = f32<1, 100>;
constexpr elementwise_attributes relu_of{relu(operand<0>)}, sum_of{add(operand<0>, operand<1>)};

// A residual network, with a view in the middle: x → a → b → c (a view of b) → d (c + a) → e.
struct x : input<row> {
    static constexpr int step = 0;
};
struct a : elementwise<row, from<x>, relu_of> {
    static constexpr int step = 1;
};
struct b : elementwise<row, from<a>, relu_of> {
    static constexpr int step = 2;
};
struct c : reshape<f32<100>, from<b>, reshape_attributes{{100}}> {
    static constexpr int step = 3;
};
struct d : elementwise<row, from<c, a>, sum_of> {
    static constexpr int step = 4;
};
struct e : elementwise<row, from<d>, relu_of> {
    static constexpr int step = 5;
};
struct model {
    using inputs = list<x>;
    using outputs = list<e>;
    static constexpr int steps = 6;
    static constexpr void schedule(auto visit)
    {
        visit(x{}), visit(a{}), visit(b{}), visit(c{}), visit(d{}), visit(e{});
    }
};

constexpr auto plan = make_plan<model>();
constexpr std::size_t size = 448;  // 400 bytes in whole cache lines

constexpr bool apart(int s, int t) { return plan.at(s) + size <= plan.at(t) || plan.at(t) + size <= plan.at(s); }

}  // namespace

static_assert(plan.at(3) == plan.at(2), "a view lies where what it views does");
static_assert(apart(0, 1) && apart(1, 2) && apart(1, 3), "values that live together lie apart");
static_assert(apart(4, 1) && apart(4, 2), "a result lies apart from its operands");
static_assert(apart(0, 5) && apart(0, 2) && apart(0, 4) && apart(0, 1), "an input keeps its memory through the run");
static_assert(apart(4, 5));
static_assert(plan.bytes <= 4 * size, "memory is used again");

namespace joined {

// Two layers, one after the other in memory; then the input, which has memory of its own; then the second half of the
// first two, and the first two with what follows them.
constexpr tensor_type half = f32<1, 16>, whole = f32<1, 48>, more = f32<1, 64>;
constexpr slice_attributes second{.starts = {0, 16}, .ends = {1, 32}};
struct x : input<half> {
    static constexpr int step = 0;
};
struct a : elementwise<half, from<x>, relu_of> {
    static constexpr int step = 1;
};
struct b : elementwise<half, from<a>, relu_of> {
    static constexpr int step = 2;
};
struct c : concat<whole, from<a, b, x>, concat_attributes{1}> {
    static constexpr int step = 3;
};
struct d : slice<half, from<c>, second> {
    static constexpr int step = 4;
};
struct e : concat<more, from<c, d>, concat_attributes{1}> {
    static constexpr int step = 5;
};
struct f : elementwise<half, from<d>, relu_of> {
    static constexpr int step = 6;
};
struct model {
    using inputs = list<x>;
    using outputs = list<e, f>;
    static constexpr int steps = 7;
    static constexpr void schedule(auto visit)
    {
        visit(x{}), visit(a{}), visit(b{}), visit(c{}), visit(d{}), visit(e{}), visit(f{});
    }
};
constexpr auto plan = make_plan<model>();

static_assert(
    plan.at(1) == plan.at(3) && plan.at(2) == plan.at(3) + 64, "operands of a concatenation lie in its result");
static_assert(plan.at(0) != plan.at(3) + 128 && !plan.in_place[3], "an input keeps its own memory");
static_assert(plan.at(4) == plan.at(3) + 64 && plan.in_place[4], "a slice lies in what it is cut from");
static_assert(plan.at(3) == plan.at(5), "a concatenation lies in another");
static_assert(plan.at(4) != plan.at(5) + 192 && !plan.in_place[5], "what lies in another value already is copied");
static_assert(plan.at(0) + 64 <= plan.at(1) || plan.at(1) + 256 <= plan.at(0),
    "memory of a concatenation is taken from the first operand on");
static_assert(plan.at(6) + 64 <= plan.at(5) || plan.at(5) + 256 <= plan.at(6), "nothing is written over an output");

}  // namespace joined

TEST_CASE("what is joined and cut in place")
{
    network<joined::model> net;
    std::array<float, 16> x{};
    for (std::size_t i = 0; i < 16; ++i) {
        x[i] = static_cast<float>(i);
    }
    std::copy(x.begin(), x.end(), net.input<joined::x>().data());
    net.run();
    for (std::size_t i = 0; i < 64; ++i) {
        CHECK(net.output<joined::e>().data()[i] == x[i % 16]);
    }
    for (std::size_t i = 0; i < 16; ++i) {
        CHECK(net.output<joined::f>().data()[i] == x[i]);
    }
}

TEST_CASE("every value is aligned")
{
    for (int step = 0; step < model::steps; ++step) {
        CHECK(plan.at(step) % alignment == 0);
    }
    CHECK(reinterpret_cast<std::uintptr_t>(network<model>().input<x>().data()) % alignment == 0);
}
