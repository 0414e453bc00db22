// Imports HannWindow, HammingWindow, BlackmanWindow and MelWeightMatrix as constants.
#include "import/element_code.hpp"
#include "import/operator_table.hpp"
#include "model/model.hpp"
#include "op/composition.hpp"
#include <cmath>
#include <numbers>

namespace cameo::generator {

namespace {

/// The most elements that one of these operators may make.
constexpr dim largest = dim{1} << 24;

double one_number(const source_node& n, std::size_t k, std::string_view name)
{
    n.required_operand(k);
    return numbers(*n.constant_number(k, name))[0];
}

dim one_count(const source_node& n, std::size_t k, std::string_view name)
{
    const double count = one_number(n, k, name);
    if (!(count >= 0 && count <= static_cast<double>(largest))) {
        throw unsupported("operand '{}' must be from 0 to {}, found {}", name, largest, count);
    }
    return static_cast<dim>(count);
}

/// Sets the result, in the element type that the node names.
void set(source_node& n, const shape& s, const std::vector<double>& elements)
{
    const int code = element_code(n, "output_datatype", element::float32);
    if (n.element_for(code) == element::none) {
        throw unsupported("makes {}, which is not supported", element_type_name(code));
    }
    n.set_result(0, n.add_constant(tensor_of(n, {n.element_for(code), s}, elements)));
}

/// A sum of cosines whose periods divide the window. A periodic window is a symmetric one of one more element, without
/// its last.
struct cosines {
    double constant, once, twice;
};
constexpr cosines hann{0.5, -0.5, 0}, hamming{25.0 / 46, -21.0 / 46, 0}, blackman{0.42, -0.5, 0.08};

template <const cosines& Of>
void import_window_function(source_node& n)
{
    const dim size = one_count(n, 0, "size"), turn = n.integer("periodic", 1) != 0 ? size : size - 1;
    if (size == 1 && turn == 0) {
        throw unsupported("a symmetric window of one element is not defined");
    }
    std::vector<double> window;
    for (dim i = 0; i < size; ++i) {
        const double angle = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(turn);
        window.push_back(Of.constant + Of.once * std::cos(angle) + Of.twice * std::cos(2 * angle));
    }
    set(n, {size}, window);
}

/// Returns the spectrum bins at which bands begin, peak and end: evenly spaced in mel, 2595 log10(1 + f / 700).
std::vector<dim> edges_of_bands(const source_node& n, dim bands, dim dft_length)
{
    const double rate = one_number(n, 2, "sample_rate");
    const auto mel = [](double hertz) { return 2595 * std::log10(1 + hertz / 700); };
    const double low = mel(one_number(n, 3, "lower_edge_hertz")), high = mel(one_number(n, 4, "upper_edge_hertz"));
    const dim last_bin = dft_length / 2;
    std::vector<dim> edges;
    for (dim i = 0; i < bands + 2; ++i) {
        const double at = low + static_cast<double>(i) * (high - low) / static_cast<double>(bands + 2),
                     hertz = 700 * (std::pow(10, at / 2595) - 1);
        const double bin = std::floor(static_cast<double>(dft_length + 1) * hertz / rate);
        if (!(bin >= 0 && bin <= static_cast<double>(last_bin)) || (i > 0 && bin < static_cast<double>(edges.back()))) {
            throw unsupported("an edge of {} Hz lies at bin {} of {}", hertz, bin, last_bin + 1);
        }
        edges.push_back(static_cast<dim>(bin));
    }
    return edges;
}

/// Imports MelWeightMatrix: a triangle for each band, which rises from 0 at its beginning to 1 at its peak and falls to
/// 0 at its end.
void import_mel_weight_matrix(source_node& n)
{
    const dim bands = one_count(n, 0, "num_mel_bins"), length = one_count(n, 1, "dft_length"), bins = length / 2 + 1;
    if (bands > 0 && bins > largest / bands) {
        throw unsupported("makes a matrix of {} x {}: up to {} elements are supported", bins, bands, largest);
    }
    const std::vector<dim> edges = edges_of_bands(n, bands, length);
    std::vector<double> matrix(index(bins * bands));
    for (dim band = 0; band < bands; ++band) {
        const dim begin = edges[index(band)], peak = edges[index(band + 1)], end = edges[index(band + 2)];
        const auto weight = [&](dim bin) -> double& { return matrix[index(bin * bands + band)]; };
        for (dim bin = begin; bin < peak; ++bin) {
            weight(bin) = static_cast<double>(bin - begin) / static_cast<double>(peak - begin);
        }
        weight(peak) = 1;
        for (dim bin = peak; bin < end; ++bin) {
            weight(bin) = static_cast<double>(end - bin) / static_cast<double>(end - peak);
        }
    }
    set(n, {bins, bands}, matrix);
}

}  // namespace

void add_signal_constants(operator_table& table)
{
    table.add("HannWindow", {17}, import_window_function<hann>, "`size` is constant");
    table.add("HammingWindow", {17}, import_window_function<hamming>, "`size` is constant");
    table.add("BlackmanWindow", {17}, import_window_function<blackman>, "`size` is constant");
    table.add("MelWeightMatrix", {17}, import_mel_weight_matrix, "all operands are constant");
}

}  // namespace cameo::generator
