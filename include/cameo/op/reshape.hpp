// Reshape, Flatten, Squeeze, Unsqueeze and Identity: a view of the same elements under another shape.
#pragma once
#include <cameo/op/layer.hpp>

namespace cameo::inline CAMEO_TARGET {

struct reshape_attributes {
    shape to{};
    static constexpr void each(auto visit) { visit("to", &reshape_attributes::to); }
};

/// ONNX Reshape (opsets 5, 13, 14, 19 to 25) with the shape settled; a view: it takes no time.
struct reshape_spec : reshape_attributes {
    using attributes = reshape_attributes;
    tensor_type x{};

    static constexpr bool view = true;
    template <class T>
    using signature = T(T);
    using parameters = type_list<any_elements>;
};

enum class reshape_problem { none, number_of_elements_must_stay_the_same };

constexpr tensor_type result(const reshape_spec& s) { return {s.x.element, s.to}; }

constexpr reshape_problem check(const reshape_spec& s)
{
    return countable(s.to) && s.x.shape.count() == s.to.count()
               ? reshape_problem::none
               : reshape_problem::number_of_elements_must_stay_the_same;
}

template <class T>
constexpr void evaluate(const reshape_spec&, std::span<const T> x, std::span<T> y)
{
    for (std::size_t i = 0; i < y.size(); ++i) {
        y[i] = x[i];
    }
}

template <auto Result, class Operands, reshape_attributes Attributes = reshape_attributes{}, class Further = into<>>
using reshape = layer<reshape_spec, Result, Operands, Attributes, Further>;

}  // namespace cameo::inline CAMEO_TARGET
