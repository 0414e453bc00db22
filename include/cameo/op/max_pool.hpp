// MaxPool and GlobalMaxPool: the maximum of each window, and its position if Indices is read.
#pragma once
#include <cameo/core/floats.hpp>
#include <cameo/op/pool.hpp>

namespace cameo::inline CAMEO_TARGET {

struct max_pool_attributes {
    cameo::window window{};
    bool column_major = false;  ///< how Indices count within a channel (ONNX: storage_order)
    static constexpr void each(auto visit)
    {
        visit("window", &max_pool_attributes::window);
        visit("column_major", &max_pool_attributes::column_major);
    }
};

/// ONNX MaxPool, opsets 1, 8, 10, 11, 12, 22, and GlobalMaxPool, whose kernel is the input. Any number of spatial axes.
struct max_pool_spec : max_pool_attributes {
    using attributes = max_pool_attributes;
    static constexpr bool selects_elements = true;
    tensor_type x{};  ///< N x C x D1 … Dk

    constexpr void settle() { window = window.settled(spatial(x.shape), window.kernel_shape); }

    template <class T>
    using signature = results<T, std::int64_t>(T);
    using parameters = type_list<number_elements>;
};

/// Y and Indices, both of the pooled shape.
constexpr std::array<tensor_type, 2> result(const max_pool_spec& s)
{
    const tensor_type y = pooled(s.x, s.window);
    return {y, {element::int64, y.shape}};
}

constexpr pool_problem check(const max_pool_spec& s) { return check_pool(s.x.shape, s.window); }

namespace detail {

/// Converts a row-major offset to the column-major offset of the same element.
constexpr dim column_major(dim offset, const shape& extents)
{
    dim result = 0;
    for (int axis = extents.rank - 1; axis >= 0; --axis) {
        result += offset % extents[axis] * extents.count(0, axis);
        offset /= extents[axis];
    }
    return result;
}

}  // namespace detail

/// The definition: the largest element in each window, the first of equals, and its place in x. Padding never counts;
/// NaN is larger than any number.
template <class T>
constexpr void evaluate(
    const max_pool_spec& s, std::span<const T> x, optional_result<T> y, optional_result<std::int64_t> indices)
{
    const shape extents = spatial(s.x.shape);
    for_each_window(s.x, s.window, [&](dim plane, const per_axis& at, std::size_t to) {
        dim largest = -1;
        const auto beats = [](T a, T b) { return a > b || (!detail::is_a_number(a) && detail::is_a_number(b)); };
        for_each_tap(s.window, s.window.kernel_shape, extents, at, [&](dim, dim offset) {
            if (largest < 0 || beats(x[index(plane + offset)], x[index(plane + largest)])) {
                largest = offset;
            }
        });
        if (!y.empty()) {
            y[to] = x[index(plane + largest)];
        }
        if (!indices.empty()) {
            indices[to] = plane + (s.column_major ? detail::column_major(largest, extents) : largest);
        }
    });
}

/// Counts the steps of the definition, which are more than its elements.
constexpr dim work(const max_pool_spec& s)
{
    return saturating_product(result(s)[0].shape.count(), s.window.kernel_shape.count());
}

template <auto Result, class Operands, max_pool_attributes Attributes = max_pool_attributes{}, class Secondary = into<>>
using max_pool = layer<max_pool_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
