// LRN: local response normalization, by the sum of squares over neighbouring channels.
#pragma once
#include <algorithm>
#include <cameo/function/mathematics.hpp>
#include <cameo/op/layer.hpp>

namespace cameo::inline CAMEO_TARGET {

struct lrn_attributes {
    dim size = 1;  ///< channels in a region
    double alpha = static_cast<double>(1e-4f);
    double beta = 0.75;
    double bias = 1;
    static constexpr void each(auto visit)
    {
        visit("size", &lrn_attributes::size);
        visit("alpha", &lrn_attributes::alpha);
        visit("beta", &lrn_attributes::beta);
        visit("bias", &lrn_attributes::bias);
    }
};

/// ONNX LRN, opsets 1, 13.
struct lrn_spec : lrn_attributes {
    using attributes = lrn_attributes;
    tensor_type x{};  ///< N x C x D1 … Dk

    template <class T>
    using signature = T(T);
    using parameters = type_list<floating_elements>;
};

enum class lrn_problem { none, input_must_have_a_batch_and_a_channel_axis, size_must_be_positive };

constexpr tensor_type result(const lrn_spec& s) { return s.x.plain(); }

constexpr lrn_problem check(const lrn_spec& s)
{
    using enum lrn_problem;
    if (s.x.shape.rank < 2) {
        return input_must_have_a_batch_and_a_channel_axis;
    }
    return s.size < 1 ? size_must_be_positive : none;
}

/// The definition: y = x / (bias + alpha / size (sum of x² over the region))^beta; the region of channel c is
/// c - floor((size - 1) / 2) to c + ceil((size - 1) / 2), as far as there are channels.
template <class T>
constexpr void evaluate(const lrn_spec& s, std::span<const T> x, std::span<T> y)
{
    using mathematics::pow;
    const dim channels = s.x.shape[1], plane = s.x.shape.count(2, s.x.shape.rank);
    const T weight = static_cast<T>(s.alpha) / static_cast<T>(s.size);
    for (dim n = 0; n < s.x.shape[0]; ++n) {
        for (dim c = 0; c < channels; ++c) {
            for (dim i = 0; i < plane; ++i) {
                const auto at = [&](dim channel) { return index((n * channels + channel) * plane + i); };
                const dim first = std::max<dim>(0, c - (s.size - 1) / 2), last = std::min(channels - 1, c + s.size / 2);
                T sum{};
                for (dim k = first; k <= last; ++k) {
                    sum += x[at(k)] * x[at(k)];
                }
                y[at(c)] = x[at(c)] / pow(static_cast<T>(s.bias) + weight * sum, static_cast<T>(s.beta));
            }
        }
    }
}

/// Counts the steps of the definition, which are more than its elements.
constexpr dim work(const lrn_spec& s) { return saturating_product(s.x.shape.count(), std::min(s.size, s.x.shape[1])); }

template <auto Result, class Operands, lrn_attributes Attributes = lrn_attributes{}, class Secondary = into<>>
using lrn = layer<lrn_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
