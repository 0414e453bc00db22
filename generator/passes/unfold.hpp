// Convolutions of few channels as ones with more channels and smaller filters, which fill vector lanes and suit
// Winograd.
#pragma once
#include "support/tensor.hpp"
#include <cameo/op/conv.hpp>
#include <cameo/op/unfold.hpp>
#include <vector>

namespace cameo::generator {

/// A convolution as one of stride 1 over the unfolded input.
struct unfolded_convolution {
    unfold_spec unfold{};
    conv_spec conv{};
};

/// Returns the ways to unfold a convolution. With a stride, each tap of a step becomes a channel (space to depth).
/// Without, the filter is cut into smaller ones, whose inputs are shifted.
std::vector<unfolded_convolution> unfolded_convolutions(const conv_spec& s);

/// Returns the filters, M x C x taps x taps, of the convolution over the unfolded input; zero beyond the last tap.
tensor unfold_filters(const tensor& filters, const unfolded_convolution& c);

}  // namespace cameo::generator
