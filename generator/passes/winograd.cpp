#include "passes/passes.hpp"
#include "support/failure.hpp"
#include <cameo/kernel/conv_storage.hpp>
#include <cameo/op/winograd.hpp>
#include <optional>

namespace cameo::generator {

namespace {

/// The relative mean square error that a float32 network may get from one layer. That of the network's result is about the sum over its layers.
constexpr double most_error = 3e-11;

/// Of a convolution by these tiles, expected for numbers of mean 0: rounding errors are those of the products, times what the matrices make of them.
/// Measured with 256 channels: 1.4e-13 for F(2,3), 5e-12 for F(4,3), 3e-11 for F(6,3), 1.3e-11 for F(4,5); direct sums 4e-13.
double expected_error(const winograd_spec& s)
{
    const winograd_transform t = s.transform();
    const auto squares = [](const auto& row) {
        double sum = 0;
        for (const double v : row) sum += v * v;
        return sum;
    };
    double growth = 0;
    for (dim i = 0; i < t.tile; ++i)
        for (dim p = 0; p < t.size(); ++p) {
            const double a = t.output[index(i)][index(p)];
            growth += a * a * squares(t.filter[index(p)]) * squares(t.input[index(p)]);
        }
    growth /= static_cast<double>(t.tile * t.taps);
    constexpr double rounding = 0x1p-24;
    return growth * growth * rounding * rounding * (16 + static_cast<double>(s.padded_channels()) / 16);
}

// Costs in multiply-adds of 16 lanes, one a cycle. Weights come from memory, partly while others are multiplied: 10 bytes a cycle, measured on Zen 4 at 20 GB/s.
constexpr double bytes_a_cycle = 10;

double direct_cost(const conv_spec& s)
{
    const double weights = static_cast<double>(s.w.shape.count(2, 4) * blocks(s.w.shape[0]) * blocks(s.w.shape[1]) * block);
    return weights * static_cast<double>(result(s).shape.count() / s.w.shape[0]) + weights * block * sizeof(float) / bytes_a_cycle;
}

double winograd_cost(const winograd_spec& s)
{
    const double weights = static_cast<double>(s.points() * blocks(s.filters) * s.padded_channels());
    // Cycles per number of a tile, by its transforms: those of 8 x 8 numbers do not fit the registers.
    const double in = s.size() > 6 ? 24 : 10, out = s.size() > 6 ? 13 : 6;
    const double transforms = static_cast<double>(s.points()) * (in * static_cast<double>(s.group * s.padded_channels() / block) + out * static_cast<double>(blocks(s.filters)));
    return static_cast<double>(s.tiles()) * (weights + transforms) + weights * block * sizeof(float) / bytes_a_cycle;
}

bool fits_tiles(const conv_spec& s)
{
    const dim taps = s.w.shape[s.w.shape.rank - 1];
    if (choose_method(s) != conv_method::blocked || s.x.shape.rank != 4 || s.w.shape[2] != taps || !works_on_vectors(s.then) || taps <= s.window.stride(0)) return false;
    for (int a = 0; a < 2; ++a)
        if (s.window.stride(a) != s.window.stride(0) || s.window.dilation(a) != 1 || s.window.pad_begin(a) < 0 || s.window.pad_end(a) < 0) return false;
    return true;
}

}  // namespace

std::vector<winograd_spec> winograd_candidates(const conv_spec& s)
{
    std::vector<winograd_spec> all;
    if (!fits_tiles(s)) return all;
    for (dim size = 4; size <= winograd_transform::most; size += 2) {
        winograd_spec w;
        w.taps = s.w.shape[3];
        w.window = s.window;
        w.tile = size - w.phase_taps() + 1;
        if (w.tile < 2) continue;
        w.filters = s.w.shape[0];
        w.group = s.group;
        w.then = s.then;
        w.x = s.x;
        // Filters that come from memory are worth a chunk that leaves the second cache.
        if (w.points() * w.padded_filters() * w.padded_channels() > 4'000'000) w.chunk = 56;
        if (expected_error(w) <= most_error) all.push_back(w);
    }
    return all;
}

namespace {

/// The tiles that were measured to be the best for such a convolution, or none; without a measurement the cheapest, if they are worth it.
std::optional<winograd_spec> choose_tiles(const conv_spec& s, const tuning& measured)
{
    const auto choice = measured.find(shapes_of(s));
    const bool known = choice != measured.end();
    std::optional<winograd_spec> best;
    double least = 0.9 * direct_cost(s);
    for (const winograd_spec& w : winograd_candidates(s)) {
        const double cost = winograd_cost(w);
        if (known ? w.tile != choice->second : cost >= least) continue;
        least = cost;
        best = w;
    }
    if (known && choice->second != 0 && !best)
        throw failure("--tuning: '{}: {}' cannot be done, or is not exact enough: make the file again with 'cameo tune'", choice->first, to_text(choice->second));
    return best;
}

tensor transformed(const tensor& filters, const winograd_spec& s)
{
    tensor all({element::float32, {s.points() * s.padded_filters(), s.padded_channels()}});
    transform_filters(s, filters.as<float>(), all.as<float>());
    return all;
}

}  // namespace

/// Convolves by Winograd's tiles where that is faster, and exact enough.
void use_winograd(graph& g, const pass_options& options)
{
    for (auto& n : g.nodes) {
        if (!n->attributes_of<conv_spec>() || !n->constant_or_absent(1) || !n->constant_or_absent(2)) continue;
        const auto chosen = choose_tiles(n->spec<conv_spec>(), options.tuning);
        if (!chosen) continue;
        n->op = std::make_unique<operation_of<winograd_spec>>(*chosen);
        n->operands[1] = g.add_constant(n->operands[1]->name, transformed(*n->operands[1]->data, *chosen));
        n->results.push_back(g.add_value(n->results[0]->name + "/scratch", n->op->results(n->operand_types())[1]));
        n->results.back()->producer = n.get();
    }
}

}  // namespace cameo::generator
