// Einsum.
#pragma once
#include <cameo/op/layer.hpp>

namespace cameo {

struct einsum_attributes {
    static constexpr int max_indices = 32;

    /// The index that each axis of each operand has. Indices are numbered: first those of the result, in its order, then those summed over.
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

    template <class T> using signature = T(T);
    using parameters = type_list<number_elements>;
};

enum class einsum_problem {
    none,
    needs_an_operand,
    operands_must_have_one_element_type,
    every_axis_must_have_an_index,
    too_many_indices,
    extents_of_an_index_must_be_equal_or_1,
    every_index_of_the_result_must_be_of_an_operand,
};

namespace detail {

/// The extents of all indices: 0 to count, of which the first are the result's.
struct einsum_extents {
    std::array<dim, einsum_attributes::max_indices> extent{};
    int count = 0;
    einsum_problem problem = einsum_problem::none;
};

constexpr einsum_extents extents_of(const einsum_spec& s)
{
    using enum einsum_problem;
    einsum_extents e;
    e.count = s.rank;
    e.extent.fill(-1);
    for (int k = 0; k < s.x.count; ++k) {
        const shape &term = s.terms[index(k)], &x = s.x[k].shape;
        if (term.rank != x.rank) e.problem = every_axis_must_have_an_index;
        for (int axis = 0; axis < x.rank && e.problem == none; ++axis) {
            if (term[axis] < 0 || term[axis] >= einsum_attributes::max_indices) {
                e.problem = too_many_indices;
                break;
            }
            dim& extent = e.extent[index(term[axis])];
            if (extent > 1 && x[axis] != 1 && x[axis] != extent) e.problem = extents_of_an_index_must_be_equal_or_1;
            if (extent < 0 || extent == 1) extent = x[axis];
            e.count = std::max(e.count, static_cast<int>(term[axis]) + 1);
        }
    }
    return e;
}

}  // namespace detail

}  // namespace cameo
