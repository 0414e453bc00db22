// Estimates the rounding error and the time of Winograd's tiles for a convolution, from shapes and transforms.
#include "passes/winograd_tiles.hpp"
#include <cameo/kernel/conv_layout.hpp>

namespace cameo::generator {

namespace {

/// The relative mean square error that a single layer may add to a float32 network. The error of the network's result
/// is about the sum over its layers.
constexpr double most_error = 3e-11;

/// Estimates the error of a convolution by these tiles for numbers of mean 0: the rounding errors of the products,
/// amplified by the matrices. Measurements with 16, 64 and 256 channels, for nine transforms, were 0.2 to 0.6, 0.4 to
/// 0.8 and 0.5 to 0.95 times as much (256: 2.4e-13 for F(2,3), 7e-12 for F(4,3), 2.3e-11 for F(5,3), 3.1e-11 for
/// F(6,3), 2.3e-11 for F(4,5); direct sums 6e-13).
double expected_error(const winograd_spec& s)
{
    const winograd_transform t = s.transform();
    const auto squares = [](const auto& row) {
        double sum = 0;
        for (const double v : row) {
            sum += v * v;
        }
        return sum;
    };
    double growth = 0;
    for (dim i = 0; i < t.tile; ++i) {
        for (dim p = 0; p < t.size(); ++p) {
            const double a = t.output[index(i)][index(p)];
            growth += a * a * squares(t.filter[index(p)]) * squares(t.input[index(p)]);
        }
    }
    growth /= static_cast<double>(t.tile * t.taps);
    constexpr double rounding = 0x1p-24;
    return growth * growth * rounding * rounding * (4 + static_cast<double>(s.padded_channels()) / 10);
}

/// Bytes that arrive from memory in a cycle, partly while other numbers are multiplied: measured on Zen 4 at 20 GB/s.
constexpr double bytes_a_cycle = 10;

}  // namespace

double direct_cost(const conv_spec& s)
{
    const dim channels = choose_method(s) == conv_method::few_channels ? s.w.shape[1] : blocks(s.w.shape[1]) * block;
    const double weights = static_cast<double>(s.w.shape.count(2, 4) * blocks(s.w.shape[0]) * channels);
    const dim positions = result(s).shape.count() / s.w.shape[0];
    return weights * static_cast<double>(positions) + weights * block * sizeof(float) / bytes_a_cycle;
}

double winograd_cost(const winograd_spec& s)
{
    const double weights = static_cast<double>(s.points() * blocks(s.filters) * s.padded_channels());
    // Cycles for each number of a tile that the transforms take: those of 7 x 7 numbers do not fit the registers.
    const double in = s.size() == 8 ? 24 : s.size() == 7 ? 14 : 10, out = s.size() == 8 ? 13 : s.size() == 7 ? 8 : 6;
    const dim channels = s.group * s.padded_channels() / block;
    const double transforms = static_cast<double>(s.points()) *
                              (in * static_cast<double>(channels) + out * static_cast<double>(blocks(s.filters)));
    return static_cast<double>(s.tiles()) * (weights + transforms) + weights * block * sizeof(float) / bytes_a_cycle;
}

double unfold_cost(const unfold_spec& s)
{
    return static_cast<double>(result(s).shape.count()) * (1 + sizeof(float) / bytes_a_cycle);
}

bool fits_tiles(const conv_spec& s)
{
    const dim taps = s.w.shape[s.w.shape.rank - 1];
    if (s.x.shape.rank != 4 || s.w.shape[2] != taps || !works_on_vectors(s.epilogue) || taps <= s.window.stride(0)) {
        return false;
    }
    for (int a = 0; a < 2; ++a) {
        if (s.window.stride(a) != s.window.stride(0) || s.window.dilation(a) != 1 || s.window.pad_begin(a) < 0 ||
            s.window.pad_end(a) < 0) {
            return false;
        }
    }
    return true;
}

std::vector<winograd_spec> exact_tiles(const conv_spec& s)
{
    std::vector<winograd_spec> all;
    for (dim size = 4; size <= winograd_transform::most; ++size) {
        winograd_spec w;
        w.taps = s.w.shape[3];
        w.window = s.window;
        w.tile = size - w.phase_taps() + 1;
        if (w.tile < 2) {
            continue;
        }
        w.filters = s.w.shape[0];
        w.group = s.group;
        w.epilogue = s.epilogue;
        w.x = s.x;
        // Filters that do not fit the cache justify chunks that exceed the second-level cache.
        if (w.points() * w.padded_filters() * w.padded_channels() > 4'000'000) {
            w.chunk = 56;
        }
        if (expected_error(w) <= most_error) {
            all.push_back(w);
        }
    }
    return all;
}

}  // namespace cameo::generator
