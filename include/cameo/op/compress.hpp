// Compress: the slices that a boolean condition selects, packed to the front of a result of fixed capacity.
#pragma once
#include <cameo/op/layer.hpp>

namespace cameo::inline CAMEO_TARGET {

struct compress_attributes {
    int axis = 0;
    dim capacity = 0;  ///< slices that there is room for
    static constexpr void each(auto visit)
    {
        visit("axis", &compress_attributes::axis), visit("capacity", &compress_attributes::capacity);
    }
};

/// ONNX Compress, opsets 9, 11, along an axis: the slices for which the condition is true, then zeros. A condition that
/// is shorter than the axis is false from its end on. The second result is how many there are: beyond the capacity they
/// are left out.
struct compress_spec : compress_attributes {
    using attributes = compress_attributes;
    static constexpr bool moves_bits = true;
    tensor_type x{};
    tensor_type condition{};

    template <class T>
    using signature = results<T, std::int64_t>(T, bool);
    using parameters = type_list<any_elements>;
};

enum class compress_problem {
    none,
    axis_is_out_of_range,
    condition_must_be_a_list_no_longer_than_the_axis,
    capacity_is_negative
};

constexpr compress_problem check(const compress_spec& s)
{
    using enum compress_problem;
    if (s.axis < 0 || s.axis >= s.x.shape.rank) {
        return axis_is_out_of_range;
    }
    if (s.condition.shape.rank != 1 || s.condition.shape[0] > s.x.shape[s.axis]) {
        return condition_must_be_a_list_no_longer_than_the_axis;
    }
    return s.capacity < 0 ? capacity_is_negative : none;
}

constexpr std::array<tensor_type, 2> result(const compress_spec& s)
{
    tensor_type y = s.x.plain();
    y.shape[s.axis] = s.capacity;
    return {{y, i64<>}};
}

template <class T>
constexpr void evaluate(const compress_spec& s, std::span<const T> x, std::span<const bool> condition,
    optional_result<T> y, optional_result<std::int64_t> count)
{
    std::fill(y.begin(), y.end(), T{});
    const dim outer = s.x.shape.count(0, s.axis), extent = s.x.shape[s.axis],
              inner = s.x.shape.count(s.axis + 1, s.x.shape.rank);
    dim found = 0;
    for (dim i = 0; i < s.condition.shape[0]; ++i) {
        if (!condition[index(i)]) {
            continue;
        }
        for (dim o = 0; o < outer && found < s.capacity && !y.empty(); ++o) {
            for (dim k = 0; k < inner; ++k) {
                y[index((o * s.capacity + found) * inner + k)] = x[index((o * extent + i) * inner + k)];
            }
        }
        ++found;
    }
    if (!count.empty()) {
        count[0] = found;
    }
}

template <auto Result, class Operands, compress_attributes Attributes = compress_attributes{}, class Secondary = into<>>
using compress = layer<compress_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
