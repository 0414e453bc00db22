// MaxUnpool: the maxima that a MaxPool found, put back where it found them, among zeros.
#pragma once
#include <cameo/op/indices.hpp>

namespace cameo::inline CAMEO_TARGET {

/// The importer has settled kernel_shape, strides, pads and output_shape, which say nothing but the result's shape.
struct max_unpool_attributes {
    shape extents{};  ///< of the result, one for each spatial axis
    static constexpr void each(auto visit) { visit("extents", &max_unpool_attributes::extents); }
};

/// ONNX MaxUnpool, opsets 9, 11, 22: float32 and float64. Any number of spatial axes.
struct max_unpool_spec : max_unpool_attributes {
    using attributes = max_unpool_attributes;
    tensor_type x{};        ///< N x C x D1 … Dk
    tensor_type indices{};  ///< of the input's shape: row-major places in the whole result, as MaxPool gives them

    template <class T>
    using signature = T(T, std::int64_t);
    using parameters = type_list<floating_elements>;
};

enum class max_unpool_problem {
    none,
    input_must_have_a_batch_a_channel_and_a_spatial_axis,
    indices_must_have_the_shape_of_the_input,
    result_must_have_one_extent_for_each_spatial_axis,
    pads_leave_nothing_of_the_result,
    result_is_too_large,
};

/// N x C x the extents.
constexpr tensor_type result(const max_unpool_spec& s)
{
    tensor_type y = s.x.plain();
    for (int a = 0; a < s.extents.rank; ++a) {
        y.shape[a + 2] = s.extents[a];
    }
    return y;
}

constexpr max_unpool_problem check(const max_unpool_spec& s)
{
    using enum max_unpool_problem;
    if (s.x.shape.rank < 3) {
        return input_must_have_a_batch_a_channel_and_a_spatial_axis;
    }
    if (s.indices.shape != s.x.shape) {
        return indices_must_have_the_shape_of_the_input;
    }
    if (s.extents.rank != s.x.shape.rank - 2) {
        return result_must_have_one_extent_for_each_spatial_axis;
    }
    for (int a = 0; a < s.extents.rank; ++a) {
        if (s.extents[a] < 0) {
            return pads_leave_nothing_of_the_result;
        }
    }
    return countable(result(s).shape) ? none : result_is_too_large;
}

/// The definition: y = 0; then, element by element, y[indices[p]] = x[p], so that the last of equal indices counts. A
/// negative index counts from the end of y; what an index puts outside of y, which ONNX calls an error, is dropped.
template <class T>
constexpr void evaluate(
    const max_unpool_spec&, std::span<const T> x, std::span<const std::int64_t> indices, std::span<T> y)
{
    std::fill(y.begin(), y.end(), T{});
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (const dim to = index_or_none(indices[i], static_cast<dim>(y.size())); to >= 0) {
            y[index(to)] = x[i];
        }
    }
}

template <auto Result, class Operands, max_unpool_attributes Attributes = max_unpool_attributes{},
    class Secondary = into<>>
using max_unpool = layer<max_unpool_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
