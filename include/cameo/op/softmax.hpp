// Softmax and LogSoftmax over one axis, or over all from an axis on.
#pragma once
#include <cameo/function/mathematics.hpp>
#include <cameo/op/axis_flow.hpp>
#include <cameo/op/layer.hpp>

namespace cameo::inline CAMEO_TARGET {

struct softmax_attributes {
    int first = 1;  ///< normalized over axes [first, last): one axis since opset 13, all from `axis` before
    int last = 2;
    bool logarithm = false;
    static constexpr void each(auto visit)
    {
        visit("first", &softmax_attributes::first);
        visit("last", &softmax_attributes::last);
        visit("logarithm", &softmax_attributes::logarithm);
    }
};

/// ONNX Softmax and LogSoftmax, opsets 1, 11, 13.
struct softmax_spec : softmax_attributes {
    using attributes = softmax_attributes;
    tensor_type x{};

    template <class T>
    using signature = T(T);
    using parameters = type_list<floating_elements>;
};

enum class softmax_problem { none, axis_is_out_of_range };

constexpr tensor_type result(const softmax_spec& s) { return s.x.plain(); }

constexpr softmax_problem check(const softmax_spec& s)
{
    return 0 <= s.first && s.first <= s.last && s.last <= s.x.shape.rank ? softmax_problem::none
                                                                         : softmax_problem::axis_is_out_of_range;
}

/// The definition: y = exp(x - max) / sum of exp(x - max), or its logarithm, x - max - log(sum).
template <class T>
constexpr void evaluate(const softmax_spec& s, std::span<const T> x, std::span<T> y)
{
    using mathematics::exp;
    using mathematics::log;
    if (x.empty()) {
        return;  // an extent of 0 has no largest element
    }
    const dim outer = s.x.shape.count(0, s.first), extent = s.x.shape.count(s.first, s.last),
              inner = s.x.shape.count(s.last, s.x.shape.rank);
    for (dim o = 0; o < outer; ++o) {
        for (dim i = 0; i < inner; ++i) {
            const auto at = [&](dim k) { return index((o * extent + k) * inner + i); };
            T largest = x[at(0)], sum{};
            for (dim k = 1; k < extent; ++k) {
                largest = x[at(k)] > largest ? x[at(k)] : largest;
            }
            for (dim k = 0; k < extent; ++k) {
                sum += y[at(k)] = exp(x[at(k)] - largest);
            }
            for (dim k = 0; k < extent; ++k) {
                y[at(k)] = s.logarithm ? x[at(k)] - largest - log(sum) : y[at(k)] / sum;
            }
        }
    }
}

constexpr axis_flow flow_of(const softmax_spec& s, int, const axis_part& part)
{
    return s.first <= part.axis && part.axis < s.last ? mixed("works across") : preserved(part, part.axis);
}

template <auto Result, class Operands, softmax_attributes Attributes = softmax_attributes{}, class Secondary = into<>>
using softmax = layer<softmax_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
