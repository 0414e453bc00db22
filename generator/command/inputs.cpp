#include "command/inputs.hpp"
#include "command/command.hpp"
#include "support/npy.hpp"
#include <cmath>
#include <numbers>
#include <random>

namespace cameo::generator {

namespace {

/// Normally distributed (Box and Muller). The standard library's distributions differ from one implementation to the next.
double normal(std::mt19937_64& bits)
{
    const auto uniform = [&] { return (static_cast<double>(bits() >> 11) + 0.5) * 0x1p-53; };
    const double radius = std::sqrt(-2 * std::log(uniform()));
    return radius * std::cos(2 * std::numbers::pi * uniform());
}

/// Floating-point numbers around 0; bytes as in an image; other integers are often indices and lengths, so they are 0 to 3.
tensor random_tensor(const tensor_type& type, std::mt19937_64& bits)
{
    tensor t(type);
    with_elements(t, [&]<class T>(std::span<T> elements) {
        for (T& e : elements) {
            if constexpr (std::is_floating_point_v<T>) e = static_cast<T>(normal(bits));
            else e = static_cast<T>(bits() % (std::is_same_v<T, bool> ? 2 : sizeof(T) == 1 ? 256 : 4));
        }
    });
    return t;
}

}  // namespace

void input_options::add_to(CLI::App& app) { app.add_option("--input", files, "Data of an input: name=file.npy (repeatable)"); }

void input_options::add_seed_to(CLI::App& app)
{
    app.add_option("--seed", seed, "Of the random numbers for inputs that are not given: normally distributed; uint8 0 to 255; other integers 0 to 3")->capture_default_str();
}

named_tensors input_options::given() const
{
    named_tensors tensors;
    for (const std::string& s : files) {
        const auto [name, path] = split(s, '=', "--input");
        tensors[name] = read_npy(path);
    }
    return tensors;
}

named_tensors input_options::given_or_random(const graph& g) const
{
    named_tensors tensors = given();
    std::mt19937_64 bits(seed);
    for (const value* v : g.inputs)
        if (!tensors.contains(v->name)) tensors[v->name] = random_tensor(v->type.plain(), bits);
    return tensors;
}

}  // namespace cameo::generator
