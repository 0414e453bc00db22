// Imports Shape, Size, Range, ConstantOfShape and EyeLike, whose results are known when the header is generated.
#include "import/element_code.hpp"
#include "import/operator_table.hpp"
#include "model/model.hpp"
#include "op/composition.hpp"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace cameo::generator {

value* counted(source_node& n, dim first, const shape& s)
{
    tensor t = n.make_constant({element::int64, s});
    std::iota(t.as<std::int64_t>().begin(), t.as<std::int64_t>().end(), first);
    return n.add_constant(std::move(t));
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
    n.set_result(0, n.add_constant(std::move(extents)));
}

void import_size(source_node& n)
{
    refuse_run_time_extent(*n.required_operand(0));
    n.set_result(0, n.add_constant(scalar(n.type(0).shape.count())));
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

template <class T>
T range_element(T start, dim i, T delta)
{
    // The last product can overflow although its sum does not.
    if constexpr (std::is_integral_v<T>) {
        return static_cast<T>(
            static_cast<std::uint64_t>(start) + static_cast<std::uint64_t>(i) * static_cast<std::uint64_t>(delta));
    } else {
        return start + static_cast<T>(i) * delta;
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
    with_elements(*operands[0], [&]<class T>(std::span<const T> start) {
        if constexpr (std::is_same_v<T, bool>) {
            throw unsupported("there is no range of booleans");
        } else {
            const T delta = operands[2]->as<T>()[0];
            tensor t = n.make_constant({element_of<T>, {range_count(start[0], operands[1]->as<T>()[0], delta)}});
            dim i = 0;
            for (T& v : t.as<T>()) {
                v = range_element(start[0], i++, delta);
            }
            n.set_result(0, n.add_constant(std::move(t)));
        }
    });
}

void import_constant_of_shape(source_node& n)
{
    const auto* proto = n.tensor_proto("value");
    const tensor one = proto ? n.decode(*proto) : scalar(0.0F);
    if (one.type.shape.count() != 1) {
        throw unsupported("attribute 'value' must be one element, found {}", to_string(one.type));
    }
    n.required_operand(0);
    tensor t = n.make_constant({one.type.element, to_shape(n.constant_integers(0, "input"))});
    with_elements(t, [&]<class T>(std::span<T> all) { std::fill(all.begin(), all.end(), one.as<T>()[0]); });
    n.set_result(0, n.add_constant(std::move(t)));
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
    if (to_element(code) == element::none) {
        throw unsupported("makes {}, which is not supported", element_type_name(code));
    }
    tensor t = n.make_constant({to_element(code), x.shape});
    with_elements(t, [&]<class T>(std::span<T> elements) {
        for (dim row = std::max(dim{0}, -k); row < std::min(x.shape[0], x.shape[1] - k); ++row) {
            elements[index(row * x.shape[1] + row + k)] = T(1);
        }
    });
    n.set_result(0, n.add_constant(std::move(t)));
}

}  // namespace

void add_shape(operator_table& table)
{
    table.add("Shape", {1, 13, 15, 19, 21, 23, 24, 25}, import_shape);
    table.add("Size", {1, 13, 19, 21, 23, 24, 25}, import_size);
    table.add("Range", {11, 27}, import_range, "`start`, `limit` and `delta` are constant");
    table.add("ConstantOfShape", {9, 20, 21, 23, 24, 25}, import_constant_of_shape, "`input` is constant");
    table.add("EyeLike", {9, 22}, import_eye_like);
}

}  // namespace cameo::generator
