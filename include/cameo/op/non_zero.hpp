// NonZero: the positions of nonzero elements, in a result of fixed capacity.
#pragma once
#include <cameo/op/layer.hpp>

namespace cameo::inline CAMEO_TARGET {

struct non_zero_attributes {
    dim capacity = 0;  ///< positions that there is room for
    static constexpr void each(auto visit) { visit("capacity", &non_zero_attributes::capacity); }
};

/// ONNX NonZero, opsets 9, 13: positions of the elements that are not zero, one a column, in row-major order; then
/// zeros. The second result is how many there are: beyond the capacity they are left out.
struct non_zero_spec : non_zero_attributes {
    using attributes = non_zero_attributes;
    tensor_type x{};

    template <class T>
    using signature = results<std::int64_t, std::int64_t>(T);
    using parameters = type_list<arithmetic_elements>;
};

enum class non_zero_problem { none, input_must_have_an_axis, capacity_is_negative };

constexpr non_zero_problem check(const non_zero_spec& s)
{
    using enum non_zero_problem;
    if (s.x.shape.rank == 0) {
        return input_must_have_an_axis;
    }
    return s.capacity < 0 ? capacity_is_negative : none;
}

constexpr std::array<tensor_type, 2> result(const non_zero_spec& s)
{
    return {{{element::int64, {s.x.shape.rank, s.capacity}}, i64<>}};
}

template <class T>
constexpr void evaluate(
    const non_zero_spec& s, std::span<const T> x, optional_result<std::int64_t> y, optional_result<std::int64_t> count)
{
    std::fill(y.begin(), y.end(), 0);
    dim found = 0;
    for (dim i = 0; i < s.x.shape.count(); ++i) {
        if (x[index(i)] == T{}) {
            continue;
        }
        dim rest = i;
        for (int axis = s.x.shape.rank - 1; axis >= 0 && found < s.capacity && !y.empty(); --axis) {
            y[index(axis * s.capacity + found)] = rest % s.x.shape[axis];
            rest /= s.x.shape[axis];
        }
        ++found;
    }
    if (!count.empty()) {
        count[0] = found;
    }
}

template <auto Result, class Operands, non_zero_attributes Attributes = non_zero_attributes{}, class Secondary = into<>>
using non_zero = layer<non_zero_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
