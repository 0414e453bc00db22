// Makes the input tensors of each run: from .npy files (--input) and, for the others, from random numbers.
#include "command/inputs.hpp"
#include "command/command.hpp"
#include "support/npy.hpp"
#include <cmath>
#include <numbers>
#include <random>

namespace cameo::generator {

namespace {

/// Draws a normally distributed number (Box and Muller). The standard library's distributions differ from one
/// implementation to the next.
double normal(std::mt19937_64& bits)
{
    const auto uniform = [&] { return (static_cast<double>(bits() >> 11) + 0.5) * 0x1p-53; };
    const double radius = std::sqrt(-2 * std::log(uniform()));
    return radius * std::cos(2 * std::numbers::pi * uniform());
}

/// Fills a tensor with normally distributed floats, or with any bytes, as images have them. Other integers are often
/// indices or lengths, so they are 0 to 3.
tensor random_tensor(const tensor_type& type, std::mt19937_64& bits)
{
    tensor t(type);
    with_elements(t, [&]<class T>(std::span<T> elements) {
        for (T& e : elements) {
            if constexpr (is_floating(element_of<T>)) {
                e = static_cast<T>(normal(bits));
            } else {
                e = static_cast<T>(bits() % (std::is_same_v<T, bool> ? 2 : sizeof(T) == 1 ? 256 : 4));
            }
        }
    });
    return t;
}

}  // namespace

void input_options::add_to(subcommand& command)
{
    command.add_option("--input", files, "Data of an input: name=file.npy (repeatable)");
}

void input_options::add_seed_to(subcommand& command)
{
    command
        .add_option("--seed", seed,
            "Of the random numbers for inputs that are not given: normally distributed; of bytes, any; other integers "
            "0 to 3")
        .shows_default();
}

named_tensors input_options::given(const graph& g) const
{
    named_tensors tensors;
    for (const std::string& s : files) {
        const auto [name, path] = split(s, '=', "--input");
        tensors[name] = read_npy(path);
    }
    for (const value* v : g.all_inputs()) {
        if (const auto found = tensors.find(v->name); found != tensors.end()) {
            found->second = read_as(std::move(found->second), v->type.element);
        }
    }
    return tensors;
}

namespace {

void add_random(named_tensors& tensors, const graph& g, std::mt19937_64& bits)
{
    for (const value* v : g.inputs) {
        if (!tensors.contains(v->name)) {
            tensors[v->name] = random_tensor(v->type.plain(), bits);
        }
    }
}

/// Takes the tensors that hold several runs out of `given`, and cuts them into one tensor a run.
std::map<std::string, std::vector<tensor>> several_runs(named_tensors& given, const graph& g)
{
    std::map<std::string, std::vector<tensor>> several;
    for (const value* v : g.all_inputs()) {
        const auto found = given.find(v->name);
        if (found == given.end() || found->second.type.shape.rank != v->type.shape.rank + 1) {
            continue;
        }
        auto parts = unstacked(found->second, v->type.plain());
        if (parts.empty()) {
            continue;  // the type is wrong, which bind_inputs() reports
        }
        if (!several.empty() && several.begin()->second.size() != parts.size()) {
            throw failure("input '{}' is for {} runs, input '{}' for {}", printable(v->name), parts.size(),
                printable(several.begin()->first), several.begin()->second.size());
        }
        several[v->name] = std::move(parts);
        given.erase(found);
    }
    return several;
}

}  // namespace

named_tensors input_options::given_or_random(const graph& g) const
{
    named_tensors tensors = given(g);
    std::mt19937_64 bits(seed);
    add_random(tensors, g, bits);
    return tensors;
}

std::vector<named_tensors> input_options::runs(const graph& g, bool random, std::size_t count) const
{
    named_tensors same = given(g);
    const auto several = several_runs(same, g);
    if (!several.empty()) {
        count = several.begin()->second.size();
    }
    std::mt19937_64 bits(seed);
    std::vector<named_tensors> all(count, same);
    for (std::size_t r = 0; r < count; ++r) {
        for (const auto& [name, parts] : several) {
            all[r][name] = parts[r];
        }
        if (random) {
            add_random(all[r], g, bits);
        }
    }
    return all;
}

}  // namespace cameo::generator
