// Runs a generated network on data from a file, for the conformance tests of the onnx package.
#pragma once
#include <cameo/cameo.hpp>
#include <cstdio>
#include <cstring>

namespace harness {

template <class View>
void read(View input, std::FILE* from)
{
    if (std::fread(input.data(), sizeof(typename View::element_type), input.size(), from) != input.size()) {
        std::perror("input is too short");
    }
}

/// Writes a value, its type first so that it is compared too: element, rank and extents as 64-bit integers, then the
/// elements.
template <class View>
void write(View output, std::FILE* to)
{
    const auto put = [to](std::int64_t number) { std::fwrite(&number, sizeof number, 1, to); };
    put(static_cast<std::int64_t>(View::type.element));
    put(View::rank());
    for (int axis = 0; axis < View::rank(); ++axis) {
        put(View::extent(axis));
    }
    std::fwrite(output.data(), sizeof(typename View::element_type), output.size(), to);
}

template <class Net, class... Input, class... Output>
void run(Net& net, [[maybe_unused]] std::FILE* from, std::FILE* to, cameo::list<Input...>, cameo::list<Output...>)
{
    (read(net.template input<Input>(), from), ...);
    net.run();
    (write(net.template output<Output>(), to), ...);
}

/// A network by name.
struct program {
    const char* name;
    void (*run)(std::FILE* from, std::FILE* to);
};

/// Models with memory that they read before they write it: state, and inputs with defaults.
template <class Model>
concept has_memory = requires { typename Model::recurrent_states; } || requires { typename Model::overridable_inputs; };

/// Runs the network in memory that is not zero, so that a layer that does not run is noticed.
template <class Net>
void run(std::FILE* from, std::FILE* to)
{
    static Net net;
    if constexpr (!has_memory<typename Net::model>) {
        std::memset(static_cast<void*>(&net), 0xa5, sizeof net);
    }
    run(net, from, to, typename Net::model::inputs{}, typename Net::model::outputs{});
}

}  // namespace harness
