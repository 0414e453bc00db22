// Checks that verify() finds each way in which a pass could break a graph, and names the stage.
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
    value* first = add(x);
    value* second = add(first);

    two_layers() { g.outputs = {second}; }

    value* add(value* operand)
    {
        auto n = make_node<elementwise_spec>({.compute = relu(operand_of_program)}, {"n", "Relu", 14}, {operand});
        n->results = {g.add_value("y", operand->type)};
        return g.insert(g.nodes.size(), std::move(n))->results[0];
    }

    static constexpr auto operand_of_program = cameo::operand<0>;
};

}  // namespace

TEST_CASE("a whole graph is accepted") { CHECK_NOTHROW(verify(two_layers().g, "import")); }

TEST_CASE("a broken graph is refused, with the stage that broke it")
{
    two_layers t;
    const char* problem = nullptr;
    SUBCASE("a reader before its operand")
    {
        std::swap(t.g.nodes[0], t.g.nodes[1]);
        problem = "fuse: an operand is not there before its reader: elementwise 'n'";
    }
    SUBCASE("a result that does not know its producer")
    {
        t.first->producer = t.g.nodes[1].get();
        problem = "fuse: a result does not know its producer: elementwise 'n'";
    }
    SUBCASE("a value that two nodes produce")
    {
        t.g.nodes[1]->results = {t.first};
        t.first->producer = t.g.nodes[0].get();
        problem = "fuse: a result does not know its producer: elementwise 'n'";
    }
    SUBCASE("a type that the operator does not derive")
    {
        t.second->type.shape = {3, 2};
        problem = "fuse: a result is not of the type that its operator derives: elementwise 'n'";
    }
    SUBCASE("an output that nobody produces")
    {
        t.g.outputs = {t.g.add_value("z", t.x->type)};
        problem = "fuse: an output is no value of the graph";
    }
    CHECK_THROWS_WITH_AS(verify(t.g, "fuse"), problem, std::logic_error);
}
