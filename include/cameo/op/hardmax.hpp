// Hardmax: 1 at the largest element, 0 elsewhere.
#pragma once
#include <cameo/core/floats.hpp>
#include <cameo/op/axis_flow.hpp>
#include <cameo/op/layer.hpp>

namespace cameo::inline CAMEO_TARGET {

struct hardmax_attributes {
    int first = 1;  ///< one maximum over axes [first, last): one axis since opset 13, all from `axis` before
    int last = 2;
    static constexpr void each(auto visit)
    {
        visit("first", &hardmax_attributes::first);
        visit("last", &hardmax_attributes::last);
    }
};

/// ONNX Hardmax, opsets 1, 11, 13.
struct hardmax_spec : hardmax_attributes {
    using attributes = hardmax_attributes;
    tensor_type x{};

    template <class T>
    using signature = T(T);
    using parameters = type_list<floating_elements>;
};

enum class hardmax_problem { none, axis_is_out_of_range };

constexpr tensor_type result(const hardmax_spec& s) { return s.x.plain(); }

constexpr hardmax_problem check(const hardmax_spec& s)
{
    return 0 <= s.first && s.first <= s.last && s.last <= s.x.shape.rank ? hardmax_problem::none
                                                                         : hardmax_problem::axis_is_out_of_range;
}

/// The definition: 1 for the largest element, the first of equals, 0 for the others. NaN is larger than any number.
template <class T>
constexpr void evaluate(const hardmax_spec& s, std::span<const T> x, std::span<T> y)
{
    const dim outer = s.x.shape.count(0, s.first), extent = s.x.shape.count(s.first, s.last),
              inner = s.x.shape.count(s.last, s.x.shape.rank);
    for (dim o = 0; o < outer; ++o) {
        for (dim i = 0; i < inner; ++i) {
            const auto at = [&](dim k) { return index((o * extent + k) * inner + i); };
            const auto beats = [](T a, T b) { return a > b || (!detail::is_a_number(a) && detail::is_a_number(b)); };
            dim largest = 0;
            for (dim k = 1; k < extent; ++k) {
                if (beats(x[at(k)], x[at(largest)])) {
                    largest = k;
                }
            }
            for (dim k = 0; k < extent; ++k) {
                y[at(k)] = static_cast<T>(k == largest);
            }
        }
    }
}

constexpr axis_flow flow_of(const hardmax_spec& s, int, const axis_part& part)
{
    return s.first <= part.axis && part.axis < s.last ? mixed("works across") : preserved(part, part.axis);
}

template <auto Result, class Operands, hardmax_attributes Attributes = hardmax_attributes{}, class Secondary = into<>>
using hardmax = layer<hardmax_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
