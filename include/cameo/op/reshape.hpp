// Reshape, Flatten, Squeeze, Unsqueeze and Identity: a view of the same elements under another shape.
#pragma once
#include <cameo/op/axis_flow.hpp>
#include <cameo/op/layer.hpp>

namespace cameo::inline CAMEO_TARGET {

struct reshape_attributes {
    shape to{};
    static constexpr void each(auto visit) { visit("to", &reshape_attributes::to); }
};

/// ONNX Reshape (opsets 5, 13, 14, 19 to 25) with the shape settled; a view: it takes no time.
struct reshape_spec : reshape_attributes {
    using attributes = reshape_attributes;
    static constexpr bool moves_bits = true;
    static constexpr bool selects_elements = true;
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

/// The axis stays whole within one of the result, perhaps joined with others. Where it has one element, any of several
/// axes could be it.
constexpr axis_flow flow_of(const reshape_spec& s, int, const axis_part& part)
{
    const dim outside = s.x.shape.count(0, part.axis) * part.before;
    axis_flow found = mixed("takes apart");
    dim passed = 1;
    for (int axis = 0; axis < s.to.rank && passed > 0; passed *= s.to[axis++]) {
        const dim before = outside / passed, inside = before * part.extent;
        if (inside == 0 || before * passed != outside || s.to[axis] == 0 || s.to[axis] % inside != 0) {
            continue;
        }
        if (found.flow == flow::preserved) {
            return mixed("takes apart");
        }
        found = {flow::preserved, {axis, before, part.extent, s.to[axis] / inside}};
    }
    return found;
}

constexpr reshape_attributes attributes_for_part(const reshape_spec& s, int axis, dim, dim extent)
{
    reshape_attributes a = s;
    a.to[axis] = extent;
    return a;
}

template <auto Result, class Operands, reshape_attributes Attributes = reshape_attributes{}, class Secondary = into<>>
using reshape = layer<reshape_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
