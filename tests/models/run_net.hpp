// Runs a network, or one size of it, on inputs in files: PREFIX.in0, PREFIX.in1, … contain those of all runs, and
// PREFIX.out0, … receive the results, followed by that of an observed layer.
#pragma once
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

template <class File>
std::vector<File> open_files(const std::string& prefix, std::size_t count)
{
    std::vector<File> files;
    for (std::size_t k = 0; k < count; ++k) {
        files.emplace_back(prefix + std::to_string(k), std::ios::binary);
    }
    return files;
}

template <class View>
void read(std::ifstream& file, View to)
{
    file.read(reinterpret_cast<char*>(to.data()), static_cast<std::streamsize>(to.size() * sizeof(*to.data())));
}

template <class View>
void write(std::ofstream& file, View from)
{
    using type = std::remove_const_t<typename View::element_type>;
    const auto to = std::make_unique<type[]>(from.size());
    copy_to(from, std::span(to.get(), from.size()));
    file.write(reinterpret_cast<const char*>(to.get()), static_cast<std::streamsize>(from.size() * sizeof(type)));
}

template <class Net, class... Input, class... Output>
void run_net(
    const std::string& prefix, int runs, std::string_view observed, cameo::list<Input...>, cameo::list<Output...>)
{
    static Net net;  // large networks do not fit the stack
    auto inputs = open_files<std::ifstream>(prefix + ".in", sizeof...(Input));
    auto outputs = open_files<std::ofstream>(prefix + ".out", sizeof...(Output) + 1);
    for (int run = 0; run < runs; ++run) {
        [[maybe_unused]] std::size_t in = 0, out = 0;
        (read(inputs[in++], net.template input<Input>()), ...);
        net.run([&](auto layer, auto result) {
            if (layer.label == observed) {
                write(outputs.back(), result);
            }
        });
        (write(outputs[out++], net.template output<Output>()), ...);
    }
}

template <class Net>
void run_net(const std::string& prefix, int runs = 1, std::string_view observed = {})
{
    run_net<Net>(prefix, runs, observed, typename Net::model::inputs{}, typename Net::model::outputs{});
}
