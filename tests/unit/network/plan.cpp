#include <cameo/cameo.hpp>
#include <cameo/op/elementwise.hpp>
#include <cameo/op/reshape.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

constexpr tensor_type row = f32<1, 100>;
constexpr elementwise_attributes relu_of{relu(operand<0>)}, sum_of{add(operand<0>, operand<1>)};

// A residual network, with a view in the middle: x → a → b → c (a view of b) → d (c + a) → e.
struct x : input<row> { static constexpr int step = 0; };
struct a : elementwise<row, from<x>, relu_of> { static constexpr int step = 1; };
struct b : elementwise<row, from<a>, relu_of> { static constexpr int step = 2; };
struct c : reshape<f32<100>, from<b>, reshape_attributes{{100}}> { static constexpr int step = 3; };
struct d : elementwise<row, from<c, a>, sum_of> { static constexpr int step = 4; };
struct e : elementwise<row, from<d>, relu_of> { static constexpr int step = 5; };
struct model {
    using inputs = list<x>;
    using outputs = list<e>;
    static constexpr int steps = 6;
    static constexpr void schedule(auto visit) { visit(x{}), visit(a{}), visit(b{}), visit(c{}), visit(d{}), visit(e{}); }
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

TEST_CASE("every value is aligned")
{
    for (int step = 0; step < model::steps; ++step) CHECK(plan.at(step) % alignment == 0);
    CHECK(reinterpret_cast<std::uintptr_t>(network<model>().input<x>().data()) % alignment == 0);
}
