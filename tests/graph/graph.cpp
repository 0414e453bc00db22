// Checks that every change of a graph keeps producers, readers and the order of nodes.
#include <cameo/op/elementwise.hpp>
#include <doctest/doctest.h>
#include <graph/verify.hpp>
#include <string>

using namespace cameo;
using namespace cameo::generator;

namespace {

constexpr tensor_type type{element::float32, {2, 3}};

std::unique_ptr<node> function_of(graph& g, std::vector<value*> operands, const std::string& name)
{
    const elementwise_expression f = operands.size() == 2 ? add(operand<0>, operand<1>) : relu(operand<0>);
    auto n = make_node<elementwise_spec>({.compute = f}, {name, "Function", 14}, std::move(operands));
    n->set_results({g.add_value(name, type)});
    return n;
}

/// a = Relu(x), b = Relu(a), output c = a + b.
struct three_nodes {
    graph g;
    value* x = g.add_input("x", type);
    node& a = g.append(function_of(g, {x}, "a"));
    node& b = g.append(function_of(g, {a.result()}, "b"));
    node& c = g.append(function_of(g, {a.result(), b.result()}, "c"));

    three_nodes() { g.add_output(c.result(), "c"); }

    std::string order() const
    {
        std::string names;
        for (const auto& n : g.nodes()) {
            names += n->origins.front().name;
        }
        return names;
    }
};

}  // namespace

TEST_CASE("a node that is not in a graph is neither reader nor producer")
{
    three_nodes t;
    const auto n = function_of(t.g, {t.x, t.x}, "n");
    CHECK(t.x->uses() == 1);
    CHECK(n->result()->producer() == nullptr);
}

TEST_CASE("values know their producers, readers and whether they are kept")
{
    three_nodes t;
    CHECK(t.a.result()->producer() == &t.a);
    CHECK(t.a.result()->uses() == 2);
    CHECK(t.c.result()->readers().empty());
    CHECK(t.c.result()->is_kept());
    CHECK(t.c.result()->uses() == 1);
    CHECK_NOTHROW(verify(t.g, "test"));
}

TEST_CASE("operands, one or all of them")
{
    three_nodes t;
    t.c.set_operand(0, t.x);
    CHECK(t.a.result()->uses() == 1);
    CHECK(t.x->uses() == 2);
    t.c.set_operands({t.x, t.x});
    CHECK(t.x->uses() == 3);
    CHECK(t.b.result()->uses() == 0);
    CHECK_NOTHROW(verify(t.g, "test"));
}

TEST_CASE("readers leave in any order")
{
    three_nodes t;
    node& d = t.g.append(function_of(t.g, {t.x, t.x}, "d"));
    node& e = t.g.append(function_of(t.g, {t.x, t.a.result()}, "e"));
    t.a.set_operand(0, t.b.result());
    d.set_operand(1, t.a.result());
    CHECK(t.x->uses() == 2);
    t.g.erase(d);
    CHECK(t.x->uses() == 1);
    CHECK(t.x->has_sole_reader());
    CHECK(t.x->readers().front().node == &e);
    CHECK(t.x->readers().front().operand == 0);
}

TEST_CASE("a result that another node takes over")
{
    three_nodes t;
    value* y = t.c.result();
    t.b.set_result(0, y);
    CHECK(y->producer() == &t.b);
    CHECK(t.c.result() == nullptr);
}

TEST_CASE("a value that is replaced everywhere")
{
    three_nodes t;
    t.g.add_output(t.a.result(), "a");
    t.g.replace(t.a.result(), t.x);
    CHECK(t.a.result()->uses() == 0);
    CHECK(t.g.outputs()[1] == t.x);
    CHECK(t.x->uses() == 4);
    CHECK_NOTHROW(verify(t.g, "test"));
}

TEST_CASE("a node that is erased reads nothing and makes nothing")
{
    three_nodes t;
    value* result = t.b.result();
    t.g.replace(result, t.x);
    t.g.erase(t.b);
    CHECK(t.order() == "ac");
    CHECK(result->producer() == nullptr);
    CHECK(t.a.result()->uses() == 1);
    CHECK_NOTHROW(verify(t.g, "test"));
}

TEST_CASE("states and outputs count as uses")
{
    three_nodes t;
    const value* state = t.g.add_state("s", type, t.b.result());
    CHECK(state->is_state);
    CHECK(t.b.result()->is_kept());
    t.g.set_next(0, t.a.result());
    CHECK(!t.b.result()->is_kept());
    t.g.remove_outputs(0, 1);
    CHECK(!t.c.result()->is_kept());
    CHECK(t.g.output_names().empty());
}

TEST_CASE("nodes keep an order, however often one is put between two others")
{
    three_nodes t;
    for (int k = 0; k < 100; ++k) {
        const node& n = t.g.insert_before(t.b, function_of(t.g, {t.a.result()}, "n"));
        CHECK(graph::comes_before(t.a, n));
        CHECK(graph::comes_before(n, t.b));
    }
    node& last = t.g.append(function_of(t.g, {t.x}, "d"));
    t.g.move_before(t.a, last);
    CHECK(graph::comes_before(last, t.a));
    CHECK(t.order() == "da" + std::string(100, 'n') + "bc");
}
