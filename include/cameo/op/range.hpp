// Range: numbers that are evenly apart.
#pragma once
#include <cameo/core/wrapping.hpp>
#include <cameo/op/layer.hpp>

namespace cameo::inline CAMEO_TARGET {

struct range_attributes {
    dim count = 0;  ///< of the elements
    static constexpr void each(auto visit) { visit("count", &range_attributes::count); }
};

/// ONNX Range, opsets 11, 27: `count` numbers from `start` on, each `delta` more than the one before. The importer has
/// computed the count from the limit.
struct range_spec : range_attributes {
    using attributes = range_attributes;
    tensor_type start{};  ///< one number
    tensor_type delta{};  ///< one number

    template <class T>
    using signature = T(T, T);
    using parameters = type_list<number_elements>;
};

enum class range_problem {
    none,
    start_and_delta_must_be_one_number_each,
    count_must_not_be_negative,
    result_is_too_large
};

constexpr range_problem check(const range_spec& s)
{
    using enum range_problem;
    if (s.start.shape.count() != 1 || s.delta.shape.count() != 1) {
        return start_and_delta_must_be_one_number_each;
    }
    if (s.count < 0) {
        return count_must_not_be_negative;
    }
    return countable({s.count}) ? none : result_is_too_large;
}

constexpr tensor_type result(const range_spec& s) { return {s.start.element, {s.count}}; }

template <class T>
constexpr void evaluate(const range_spec&, std::span<const T> start, std::span<const T> delta, std::span<T> y)
{
    for (std::size_t i = 0; i < y.size(); ++i) {
        y[i] = wrapping_sum(start[0], wrapping_product(static_cast<T>(i), delta[0]));
    }
}

template <auto Result, class Operands, range_attributes Attributes = range_attributes{}, class Secondary = into<>>
using range = layer<range_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
