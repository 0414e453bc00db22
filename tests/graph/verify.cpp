// Checks that verify() finds the ways in which a pass can still break a graph, and names the stage.
#include <cameo/op/elementwise.hpp>
#include <doctest/doctest.h>
#include <graph/verify.hpp>
#include <stdexcept>

using namespace cameo;
using namespace cameo::generator;

namespace {

/// Relu(Relu(x)).
struct two_layers {
    graph g;
    value* x = g.add_input("x", {element::float32, {2, 3}});
    node& first = add(x);
    node& second = add(first.result());

    two_layers() { g.add_output(second.result(), "y"); }

    node& add(value* operand)
    {
        auto n = make_node<elementwise_spec>({.compute = relu(cameo::operand<0>)}, {"n", "Relu", 14}, {operand});
        n->set_results({g.add_value("y", operand->type)});
        return g.append(std::move(n));
    }
};

}  // namespace

TEST_CASE("a whole graph is accepted") { CHECK_NOTHROW(verify(two_layers().g, "import")); }

TEST_CASE("a broken graph is refused, with the stage that broke it")
{
    two_layers t;
    const char* problem = nullptr;
    SUBCASE("a reader before its operand")
    {
        t.g.move_before(t.first, t.second);
        problem = "fuse: an operand is not there before its reader: elementwise 'n'";
    }
    SUBCASE("a node that lost its operation")
    {
        t.first.op.reset();
        problem = "fuse: a node has no operator or no results: ? 'n'";
    }
    SUBCASE("a type that the operator does not derive")
    {
        t.second.result()->type.shape = {3, 2};
        problem = "fuse: a result is not of the type that its operator derives: elementwise 'n'";
    }
    SUBCASE("an output that nobody produces")
    {
        t.g.set_output(0, t.g.add_value("z", t.x->type));
        problem = "fuse: an output is no value of the graph";
    }
    SUBCASE("an operand that nobody produces")
    {
        t.g.erase(t.first);
        problem = "fuse: an operand is not there before its reader: elementwise 'n'";
    }
    CHECK_THROWS_WITH_AS(verify(t.g, "fuse"), problem, std::logic_error);
}
