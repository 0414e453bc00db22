// State: it passes from run to run, begins with zeros, is reset, and belongs to one object.
#include <cameo/cameo.hpp>
#include <cameo/kernel/elementwise.hpp>
#include <cameo/network/forward.hpp>
#include <cameo/op/elementwise.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

constexpr tensor_type row = f32<1, 20>;
constexpr elementwise_attributes sum_of{add(operand<0>, operand<1>)}, difference_of{sub(operand<0>, operand<1>)},
    same{};

// total is the sum of all inputs so far, older the last but one; y reads both states after the next value of `sum` is
// known.
struct x : input<row> {
    static constexpr int step = 0;
};
struct sum : state<row> {
    static constexpr int step = 1;
};
struct last : state<row> {
    static constexpr int step = 2;
};
struct before : state<row> {
    static constexpr int step = 3;
};
struct total : elementwise<row, from<sum, x>, sum_of> {
    static constexpr int step = 4;
};
struct kept_x : elementwise<row, from<x>, same> {
    static constexpr int step = 5;
};
struct older : elementwise<row, from<last>, same> {
    static constexpr int step = 6;
};
struct y : elementwise<row, from<total, before>, difference_of> {
    static constexpr int step = 7;
};
struct model {
    using inputs = list<x>;
    using outputs = list<y>;
    using recurrent_states =
        list<recurrent_state<sum, total>, recurrent_state<last, kept_x>, recurrent_state<before, older>>;
    static constexpr int steps = 8;
    static constexpr void schedule(auto visit)
    {
        visit(x{}), visit(sum{}), visit(last{}), visit(before{}), visit(total{}), visit(kept_x{}), visit(older{}),
            visit(y{});
    }
};

constexpr auto plan = make_plan<model>();

std::array<float, 20> filled(float v)
{
    std::array<float, 20> all;
    all.fill(v);
    return all;
}

// The first run, in a constant expression: all state is zero.
constexpr auto first = forward<model>(std::array<float, 20>{3});

}  // namespace

static_assert(plan.at(4) == plan.at(1), "an elementwise layer writes over the state that it reads last");
static_assert(plan.at(5) != plan.at(2), "a state that is read later keeps its place");
static_assert(plan.at(6) != plan.at(3), "also where another layer reads it");
static_assert(first[0] == 3 && first[1] == 0);

TEST_CASE("state passes from run to run, and reset begins anew")
{
    network<model> net;
    for (int round = 0; round < 2; ++round) {
        float expected_total = 0, history[2]{};
        for (int run = 1; run < 6; ++run) {
            const float in = static_cast<float>(run * run);
            expected_total += in;
            const auto result = net(filled(in));
            CHECK(result[0] == expected_total - history[1]);
            CHECK(result[19] == result[0]);
            history[1] = history[0];
            history[0] = in;
        }
        net.reset();
    }
}

TEST_CASE("every network has state of its own")
{
    network<model> one, other;
    one(filled(5));
    CHECK(other(filled(1))[0] == 1);
    CHECK(one(filled(1))[0] == 6);
}
