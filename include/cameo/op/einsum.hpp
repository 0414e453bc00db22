// Einsum: products of operands summed over indices, as the importer parsed them from an equation.
#pragma once
#include <algorithm>
#include <cameo/core/wrapping.hpp>
#include <cameo/op/layer.hpp>

namespace cameo::inline CAMEO_TARGET {

struct einsum_attributes {
    static constexpr int max_indices = 32;

    /// The index that each axis of each operand has. Indices are numbered: first those of the result, in its order,
    /// then those summed over.
    std::array<shape, operand_list::capacity> terms{};
    int rank = 0;  ///< of the result
    static constexpr void each(auto visit)
    {
        visit("terms", &einsum_attributes::terms);
        visit("rank", &einsum_attributes::rank);
    }
};

/// ONNX Einsum, opsets 12, 28: all number elements. The importer has read the equation, its ellipses included.
struct einsum_spec : einsum_attributes {
    using attributes = einsum_attributes;
    static constexpr bool variadic = true;
    operand_list x{};

    template <class T>
    using signature = T(T);
    using parameters = type_list<number_elements>;
};

enum class einsum_problem {
    none,
    needs_an_operand,
    operands_must_have_one_element_type,
    every_axis_must_have_an_index,
    too_many_indices,
    axes_of_an_index_must_be_equal_or_1,
    every_index_must_be_of_an_axis,
    sums_are_too_long,
};

namespace detail {

/// Returns the highest index, plus one.
constexpr int count_indices(const einsum_spec& s)
{
    dim count = s.rank;
    for (int k = 0; k < s.x.count; ++k) {
        for (int axis = 0; axis < s.x[k].shape.rank; ++axis) {
            count = std::max(count, s.terms[index(k)][axis] + 1);
        }
    }
    return static_cast<int>(count);
}

/// Returns the extent of an index: that of its axes, where 1 broadcasts; -1 if no axis has it, -2 if they contradict.
constexpr dim extent_of(const einsum_spec& s, int i)
{
    dim extent = -1;
    for (int k = 0; k < s.x.count; ++k) {
        for (int axis = 0; axis < s.x[k].shape.rank; ++axis) {
            const dim found = s.x[k].shape[axis];
            if (s.terms[index(k)][axis] != i || found == extent || (found == 1 && extent >= 0)) {
                continue;
            }
            if (extent != -1 && extent != 1) {
                return -2;
            }
            extent = found;
        }
    }
    return extent;
}

/// Walks over all values of all indices, the last one fastest, and knows where each operand is read.
struct einsum_walk {
    int count = 0;
    std::array<dim, einsum_attributes::max_indices> extent{}, at{};
    std::array<std::array<dim, operand_list::capacity>, einsum_attributes::max_indices>
        steps{};  ///< in each operand, per index
    std::array<dim, operand_list::capacity> offset{};

    constexpr explicit einsum_walk(const einsum_spec& s) : count(count_indices(s))
    {
        for (int i = 0; i < count; ++i) {
            extent[index(i)] = extent_of(s, i);
        }
        for (int k = 0; k < s.x.count; ++k) {
            const per_axis strides = strides_of(s.x[k].shape);
            for (int axis = 0; axis < s.x[k].shape.rank; ++axis) {
                if (s.x[k].shape[axis] != 1) {
                    steps[index(s.terms[index(k)][axis])][index(k)] += strides[index(axis)];
                }
            }
        }
    }
    constexpr void move(std::size_t i, dim by)
    {
        at[i] += by;
        for (std::size_t k = 0; k < offset.size(); ++k) {
            offset[k] += by * steps[i][k];
        }
    }
    constexpr void next()
    {
        for (int i = count - 1; i >= 0; --i) {
            move(index(i), 1);
            if (at[index(i)] < extent[index(i)]) {
                return;
            }
            move(index(i), -extent[index(i)]);
        }
    }
    /// Returns the number of combinations of the indices from `first` on.
    constexpr dim terms(int first) const
    {
        dim n = 1;
        for (int i = first; i < count && n <= most_terms; ++i) {
            n *= std::min(extent[index(i)], most_terms + 1);
        }
        return n;
    }
    static constexpr dim most_terms = dim{1} << 30;
};

}  // namespace detail

constexpr einsum_problem check(const einsum_spec& s)
{
    using enum einsum_problem;
    if (s.x.count < 1) {
        return needs_an_operand;
    }
    if (s.rank < 0 || s.rank > max_rank) {
        return too_many_indices;
    }
    for (int k = 0; k < s.x.count; ++k) {
        const shape& term = s.terms[index(k)];
        if (s.x[k].element != s.x[0].element) {
            return operands_must_have_one_element_type;
        }
        if (term.rank != s.x[k].shape.rank) {
            return every_axis_must_have_an_index;
        }
        for (int axis = 0; axis < term.rank; ++axis) {
            if (term[axis] < 0 || term[axis] >= einsum_attributes::max_indices) {
                return too_many_indices;
            }
        }
    }
    for (int i = 0; i < detail::count_indices(s); ++i) {
        if (const dim extent = detail::extent_of(s, i); extent < 0) {
            return extent == -1 ? every_index_must_be_of_an_axis : axes_of_an_index_must_be_equal_or_1;
        }
    }
    return detail::einsum_walk(s).terms(s.rank) > detail::einsum_walk::most_terms ? sums_are_too_long : none;
}

/// Has an axis for each of the result's indices.
constexpr tensor_type result(const einsum_spec& s)
{
    tensor_type y{s.x[0].element};
    for (int i = 0; i < s.rank; ++i) {
        y.shape.append(detail::extent_of(s, i));
    }
    return y;
}

/// The definition: y[i…] = the sum, over all values of the indices that the result does not have, of the product of the
/// operands.
template <class T>
constexpr void evaluate(const einsum_spec& s, std::span<const std::span<const T>> x, std::span<T> y)
{
    detail::einsum_walk walk(s);
    const dim terms = walk.terms(s.rank);
    for (T& value : y) {
        value = T(0);
        for (dim i = 0; i < terms; ++i, walk.next()) {
            T product(1);
            for (std::size_t k = 0; k < x.size(); ++k) {
                product = wrapping_product(product, x[k][index(walk.offset[k])]);
            }
            value = wrapping_sum(value, product);
        }
    }
}

/// Counts the multiplications of one call.
constexpr dim multiplications(const einsum_spec& s)
{
    return saturating_product(result(s).shape.count(), detail::einsum_walk(s).terms(s.rank), s.x.count - 1);
}
/// Counts the steps of the definition, also for one operand, whose elements are added up.
constexpr dim work(const einsum_spec& s)
{
    return saturating_product(result(s).shape.count(), detail::einsum_walk(s).terms(s.rank), s.x.count);
}

template <auto Result, class Operands, einsum_attributes Attributes = einsum_attributes{}, class Secondary = into<>>
using einsum = layer<einsum_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
