// Imports Shape, Size, Range, ConstantOfShape and EyeLike, whose results follow from shapes and constants.
#include "import/element_code.hpp"
#include "import/operator_table.hpp"
#include "model/model.hpp"
#include "op/composition.hpp"
#include <algorithm>
#include <cameo/op/expand.hpp>
#include <cameo/op/range.hpp>
#include <cmath>

namespace cameo::generator {

value* counted(source_node& n, dim first, const shape& s)
{
    value* const start = n.add_constant(scalar(first));
    return n.reshaped(n.add<range_spec>({s.count()}, {start, n.add_constant(scalar(dim{1}))})[0], s);
}

namespace {

void refuse_run_time_extent(const value& x)
{
    if (x.extent) {
        throw unsupported(
            "the data decide how much of axis {} of operand '{}' ({}) is there: no shape can depend on that",
            x.extent->axis, x.name, to_string(x.type));
    }
}

/// Imports Shape: the extents of axes [start, end), where negative bounds count from the end.
void import_shape(source_node& n)
{
    refuse_run_time_extent(*n.required_operand(0));
    const shape& x = n.type(0).shape;
    const dim rank = x.rank;
    const auto settled = [&](dim axis) { return std::clamp(axis < 0 ? axis + rank : axis, dim{0}, rank); };
    const dim start = n.opset() < 15 ? 0 : settled(n.integer("start", 0)),
              end = n.opset() < 15 ? rank : settled(n.integer("end", rank));
    tensor extents({element::int64, {std::max(end - start, dim{0})}});
    std::copy_n(x.extent.begin() + start, extents.type.shape[0], extents.as<std::int64_t>().begin());
    n.set_result(0, n.add_extents(std::move(extents)));
}

void import_size(source_node& n)
{
    refuse_run_time_extent(*n.required_operand(0));
    n.set_result(0, n.add_extents(scalar(n.type(0).shape.count())));
}

/// Counts the elements of Range, max(ceil((limit - start) / delta), 0). Integers are subtracted as unsigned ones, since
/// their difference can overflow.
template <class T>
dim range_count(T start, T limit, T delta)
{
    if (delta == T(0)) {
        throw unsupported("operand 'delta' is 0");
    }
    if constexpr (std::is_integral_v<T>) {
        const auto wide = [](T v) { return static_cast<std::uint64_t>(static_cast<dim>(v)); };
        if (delta > 0 ? limit <= start : limit >= start) {
            return 0;
        }
        const std::uint64_t distance = delta > 0 ? wide(limit) - wide(start) : wide(start) - wide(limit),
                            step = delta > 0 ? wide(delta) : 0 - wide(delta);
        return static_cast<dim>(std::min((distance - 1) / step + 1, static_cast<std::uint64_t>(max_count)));
    } else {
        const double count = std::ceil(static_cast<double>(limit - start) / static_cast<double>(delta));
        if (std::isnan(count)) {
            throw unsupported("operands 'start', 'limit' and 'delta' give no number of elements");
        }
        return static_cast<dim>(std::clamp(count, 0.0, static_cast<double>(max_count)));
    }
}

void import_range(source_node& n)
{
    const char* const names[] = {"start", "limit", "delta"};
    const tensor* operands[3];
    for (std::size_t k = 0; k < 3; ++k) {
        n.required_operand(k);
        operands[k] = n.constant(k, names[k]);
        if (operands[k]->type.shape.count() != 1 || operands[k]->type.element != operands[0]->type.element) {
            throw unsupported("operands must be single numbers of one type, found {} as '{}'",
                to_string(operands[k]->type), names[k]);
        }
    }
    dim count = 0;
    with_elements(*operands[0], [&]<class T>(std::span<const T> start) {
        if constexpr (std::is_same_v<T, bool>) {
            throw unsupported("there is no range of booleans");
        } else {
            count = range_count(start[0], operands[1]->as<T>()[0], operands[2]->as<T>()[0]);
        }
    });
    n.become<range_spec>({count}, {n.operand(0), n.operand(2)});
}

void import_constant_of_shape(source_node& n)
{
    const auto* proto = n.tensor_proto("value");
    const tensor one = proto ? n.decode(*proto) : scalar(0.0F);
    if (one.type.shape.count() != 1) {
        throw unsupported("attribute 'value' must be one element, found {}", to_string(one.type));
    }
    n.required_operand(0);
    const shape to = to_shape(n.constant_integers(0, "input"));
    value* number = n.reshaped(n.add_constant(one), {});
    n.set_result(0, to.rank == 0 ? number : n.add<expand_spec>({to}, {number})[0]);
}

/// Imports EyeLike: ones on the k-th diagonal above the main one, zeros elsewhere.
void import_eye_like(source_node& n)
{
    refuse_run_time_extent(*n.required_operand(0));
    const tensor_type& x = n.type(0);
    const int code = element_code(n, "dtype", x.element);
    const dim k = std::clamp(n.integer("k", 0), -max_count, max_count);
    if (x.shape.rank != 2) {
        throw unsupported("the input must have 2 axes, found {}", to_string(x));
    }
    if (n.element_for(code) == element::none) {
        throw unsupported("makes {}, which is not supported", element_type_name(code));
    }
    value* const on_diagonal =
        n.compute(equal(operand<0>, operand<1>), {counted(n, k, {x.shape[0], 1}), counted(n, 0, {1, x.shape[1]})});
    n.set_result(0, cast(n, on_diagonal, n.element_for(code)));
}

}  // namespace

void add_shape(operator_table& table)
{
    table.add("Shape", {1, 13, 15, 19, 21, 23, 24, 25}, import_shape);
    table.add("Size", {1, 13, 19, 21, 23, 24, 25}, import_size);
    table.add<range_spec>("Range", {11, 27}, import_range, "`start`, `limit` and `delta` are constant");
    table.add<expand_spec>("ConstantOfShape", {9, 20, 21, 23, 24, 25}, import_constant_of_shape, "`input` is constant");
    table.add("EyeLike", {9, 22}, import_eye_like);
}

}  // namespace cameo::generator
