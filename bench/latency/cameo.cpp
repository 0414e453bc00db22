// Times a generated network for bench/small_nets.py: cameo SECONDS
#include "generated.hpp"
#include "inputs.hpp"
#include "measure.hpp"
#include <cstdlib>
#include <type_traits>

namespace {

generated::net net;

/// Calls the network as a program does that has more to do than to repeat it.
[[gnu::noinline]] void forward() noexcept
{
    net.run();
    asm volatile("" : : "r"(&net) : "memory");
}

template <class View>
constexpr bool is_of_floats =
    std::is_same_v<typename View::element_type, const float> || std::is_same_v<typename View::element_type, float>;

template <class... Input>
void fill(cameo::list<Input...>)
{
    latency::filler inputs;
    const auto one = [&](auto view) {
        static_assert(is_of_floats<decltype(view)>, "small_nets.py has inputs of float32 only");
        inputs.fill(std::span(view.data(), view.size()));
    };
    (one(net.input<Input>()), ...);
}

template <class... Output>
std::vector<float> results(cameo::list<Output...>)
{
    std::vector<float> all;
    const auto one = [&](auto view) {
        static_assert(is_of_floats<decltype(view)>, "small_nets.py compares results of float32 only");
        all.resize(all.size() + view.size());
        copy_to(view, std::span(all).last(view.size()));
    };
    (one(net.output<Output>()), ...);
    return all;
}

}  // namespace

int main(int count, char** arguments)
{
    if (count != 2) {
        return 2;
    }
    fill(generated::model::inputs{});
    for (int i = 0; i < latency::runs; ++i) {
        forward();
    }
    const auto computed = results(generated::model::outputs{});
    latency::print(latency::measure(1e9 * std::atof(arguments[1]), forward), computed);
}
