// What a generated header promises: constants for shapes and sizes, noexcept, observers, independent objects.
#include "mlp_jet.hpp"
#include <cameo/network/network.hpp>
#include <doctest/doctest.h>
#include <string>
#include <type_traits>

namespace {

template <class Net, class Argument>
concept takes = requires(Net net, Argument x) { net(x); };

}  // namespace

// What the header promises: names, shapes and sizes are constants, and nothing throws.
static_assert(mlp_jet::x::type == cameo::f32<1, 16>);
static_assert(std::is_same_v<mlp_jet::model::inputs, cameo::list<mlp_jet::x>>);
static_assert(noexcept(std::declval<mlp_jet::net&>().run()));
static_assert(noexcept(std::declval<mlp_jet::net&>()(std::declval<std::array<float, 16>&>())));
static_assert(takes<mlp_jet::net, std::array<float, 16>>);
// A wrong call is accepted by g++ until it is instantiated, for the sake of its message: test_compile_fail.py calls it.
using takes_input = cameo::expected_arguments<cameo::argument_of<mlp_jet::x>>;
static_assert(takes_input::given<std::array<float, 16>&>);
static_assert(!takes_input::given<std::array<float, 15>&>, "the number of elements is part of the type");
static_assert(!takes_input::given<std::array<double, 16>&>, "and so is the element");

TEST_CASE("an observer sees every layer once, in order, with its result")
{
    mlp_jet::net net;
    int layers = 0, last = 0;
    net.run([&]<class Layer>(Layer, auto result) {
        CHECK(Layer::step > last);
        CHECK(result.size() == cameo::index(Layer::type.shape.count()));
        last = Layer::step;
        ++layers;
    });
    CHECK(layers == mlp_jet::model::steps - 1);  // all but the input
}

TEST_CASE("for_each_layer names every value of the schedule")
{
    std::string labels;
    mlp_jet::net::for_each_layer([&](auto value) { labels += std::string(value.label) + ' '; });
    CHECK(labels.starts_with("x "));
}

TEST_CASE("inputs keep their memory: a second run gives the same")
{
    mlp_jet::net net;
    float i = 0;
    for (float& v : net.input<mlp_jet::x>()) {
        v = i++;
    }
    using output = cameo::detail::only_value<mlp_jet::model::outputs>;
    net.run();
    const float first = net.output<output>()[0];
    net.run();
    CHECK(net.output<output>()[0] == first);
    CHECK(net.input<mlp_jet::x>()[15] == 15.0f);
}

TEST_CASE("networks share nothing but constants")
{
    mlp_jet::net one, other;
    std::array<float, 16> ones{};
    ones.fill(1.0f);
    const float before = one(std::array<float, 16>{})[0];
    CHECK(other(ones)[0] != before);
    CHECK(one.output<cameo::detail::only_value<mlp_jet::model::outputs>>()[0] == before);
}
