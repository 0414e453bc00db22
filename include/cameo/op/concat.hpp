// Concat: operands joined along one axis.
#pragma once
#include <cameo/op/axis_flow.hpp>
#include <cameo/op/strided_copy.hpp>

namespace cameo::inline CAMEO_TARGET {

struct concat_attributes {
    int axis = 0;
    static constexpr void each(auto visit) { visit("axis", &concat_attributes::axis); }
};

/// ONNX Concat, opsets 4, 11, 13. The importer splits what has more operands than an operand_list holds.
struct concat_spec : concat_attributes {
    using attributes = concat_attributes;
    static constexpr bool moves_bits = true;
    static constexpr bool selects_elements = true;
    static constexpr bool variadic = true;
    operand_list x{};

    template <class T>
    using signature = T(T);
    using parameters = type_list<any_elements>;
};

enum class concat_problem {
    none,
    axis_is_out_of_range,
    operands_must_have_one_element_type,
    operands_must_agree_except_along_the_axis
};

constexpr concat_problem check(const concat_spec& s)
{
    using enum concat_problem;
    const shape& first = s.x[0].shape;
    if (s.axis < 0 || s.axis >= first.rank) {
        return axis_is_out_of_range;
    }
    for (int i = 1; i < s.x.count; ++i) {
        if (s.x[i].element != s.x[0].element) {
            return operands_must_have_one_element_type;
        }
        shape aligned = s.x[i].shape;
        aligned[s.axis] = first[s.axis];
        if (aligned != first) {
            return operands_must_agree_except_along_the_axis;
        }
    }
    return none;
}

/// The operands' shape, with the sum of their extents along the axis.
constexpr tensor_type result(const concat_spec& s)
{
    tensor_type y = s.x[0].plain();
    for (int i = 1; i < s.x.count; ++i) {
        y.shape[s.axis] += s.x[i].shape[s.axis];
    }
    return y;
}

/// Seen as matrices, whose columns are all axes from `axis` on, the operands stand side by side.
template <class T>
constexpr void evaluate(const concat_spec& s, std::span<const std::span<const T>> x, std::span<T> y)
{
    const auto matrix = [&](const shape& of) { return shape{of.count(0, s.axis), of.count(s.axis, of.rank)}; };
    strided_layout to{0, strides_of(matrix(result(s).shape))};
    for (int i = 0; i < s.x.count; ++i) {
        const shape part = matrix(s.x[i].shape);
        strided_copy(part, x[index(i)], {0, strides_of(part)}, y, to);
        to.offset += part[1];
    }
}

constexpr axis_flow flow_of(const concat_spec& s, int, const axis_part& part)
{
    return part.axis == s.axis ? mixed("joins sequences along") : preserved(part, part.axis);
}

template <auto Result, class Operands, concat_attributes Attributes = concat_attributes{}, class Secondary = into<>>
using concat = layer<concat_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
