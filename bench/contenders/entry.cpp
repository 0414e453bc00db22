// The generated network as a library that Python loads: fills inputs, runs or measures, copies outputs.
#include "net.hpp"
#include <algorithm>
#include <chrono>
#include <cstring>
#include <span>

namespace {

generated::net net;  // static: large networks do not fit the stack

/// Calls the network as a program does that has more to do than to repeat it.
[[gnu::noinline]] void forward() noexcept
{
    net.run();
    asm volatile("" : : "r"(&net) : "memory");
}

/// Calls action<T>(k) for the k-th T.
template <class... T>
void for_each(cameo::list<T...>, auto action)
{
    [[maybe_unused]] int k = 0;
    (action.template operator()<T>(k++), ...);
}

/// A sample lasts at least this long, so that the clock's own time, some 20 ns, is small beside it.
constexpr double shortest_sample = 2000;

}  // namespace

extern "C" {

/// Returns the bytes of an input; 0 beyond the last.
std::size_t input_bytes(int wanted)
{
    std::size_t bytes = 0;
    for_each(generated::model::inputs{}, [&]<class Input>(int k) {
        if (k == wanted) {
            bytes = net.input<Input>().size() * sizeof(*net.input<Input>().data());
        }
    });
    return bytes;
}

void fill_input(int wanted, const void* from)
{
    for_each(generated::model::inputs{}, [&]<class Input>(int k) {
        if (k == wanted) {
            std::memcpy(net.input<Input>().data(), from, input_bytes(k));
        }
    });
}

void copy_output(int wanted, void* to)
{
    for_each(generated::model::outputs{}, [&]<class Output>(int k) {
        const auto view = net.output<Output>();
        using element = std::remove_const_t<typename decltype(view)::element_type>;
        if (k == wanted) {
            copy_to(view, std::span(static_cast<element*>(to), view.size()));
        }
    });
}

/// Returns the nanoseconds of that many calls.
double run(long calls)
{
    const auto start = std::chrono::steady_clock::now();
    for (long i = 0; i < calls; ++i) {
        forward();
    }
    return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count();
}

/// Runs for some time after warming up, and writes the nanoseconds of a call for each sample, the mean of its calls.
/// Returns the number of samples.
long measure(double warm_up, double duration, double* samples, long most)
{
    long calls = 1, count = 0;
    for (double spent = 0; spent < warm_up;) {
        const double time = run(calls);
        if (time < shortest_sample) {
            calls *= 2;
        }
        spent += time;
    }
    for (double spent = 0; spent < duration && count < most; ++count) {
        const double time = run(calls);
        samples[count] = time / static_cast<double>(calls);
        spent += time;
    }
    return count;
}
}
