// Where: elements of x or y, as a condition chooses.
#pragma once
#include <cameo/op/axis_flow.hpp>
#include <cameo/op/strided_copy.hpp>

namespace cameo::inline CAMEO_TARGET {

struct where_attributes {
    static constexpr void each(auto) {}
};

/// ONNX Where, opsets 9, 16: elements of x where the condition holds, of y elsewhere. The three broadcast together.
struct where_spec : where_attributes {
    using attributes = where_attributes;
    static constexpr bool moves_bits = true;
    tensor_type condition{};
    tensor_type x{};
    tensor_type y{};

    template <class T>
    using signature = T(bool, T, T);
    using parameters = type_list<any_elements>;
};

enum class where_problem { none, an_operand_is_missing, operands_do_not_broadcast_together };

constexpr where_problem check(const where_spec& s)
{
    using enum where_problem;
    if (!s.condition.present() || !s.x.present() || !s.y.present()) {
        return an_operand_is_missing;
    }
    const shape choices = broadcast(s.x.shape, s.y.shape);
    return choices.rank < 0 || broadcast(s.condition.shape, choices).rank < 0 ? operands_do_not_broadcast_together
                                                                              : none;
}

constexpr tensor_type result(const where_spec& s)
{
    return {s.x.element, broadcast(s.condition.shape, broadcast(s.x.shape, s.y.shape))};
}

template <class T>
constexpr void evaluate(
    const where_spec& s, std::span<const bool> condition, std::span<const T> x, std::span<const T> y, std::span<T> z)
{
    const shape out = result(s).shape;
    const std::size_t row = index(row_axis(out));
    const per_axis of_condition = broadcast_strides(s.condition.shape, out), of_x = broadcast_strides(s.x.shape, out),
                   of_y = broadcast_strides(s.y.shape, out);
    std::size_t to = 0;
    for_each_row(out, [&](const per_axis& at, dim length) {
        const dim c = dot(at, of_condition, out.rank), a = dot(at, of_x, out.rank), b = dot(at, of_y, out.rank);
        for (dim i = 0; i < length; ++i) {
            z[to++] =
                condition[index(c + i * of_condition[row])] ? x[index(a + i * of_x[row])] : y[index(b + i * of_y[row])];
        }
    });
}

constexpr axis_flow flow_of(const where_spec& s, int operand, const axis_part& part)
{
    return broadcast_flow(operand == 0 ? s.condition : operand == 1 ? s.x : s.y, result(s), part);
}

template <auto Result, class Operands, where_attributes Attributes = where_attributes{}, class Secondary = into<>>
using where = layer<where_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
