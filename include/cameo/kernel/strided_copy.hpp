// Copies regular parts of tensors by loops that are planned at compile time: contiguous runs, fills, and squares
// transposed in registers.
#pragma once
#include <algorithm>
#include <cameo/kernel/square.hpp>
#include <cameo/op/strided_copy.hpp>

namespace cameo::inline CAMEO_TARGET::detail {

/// A copy with as few axes as possible: `extents` elements, with their strides along each axis in source and target.
struct copy_plan {
    shape extents{};
    per_axis from{}, to{};
};

/// Plans a copy: drops axes of one element, and merges axes that are contiguous in both tensors.
constexpr copy_plan plan_copy(const shape& extents, const per_axis& from, const per_axis& to)
{
    copy_plan p;
    for (int axis = 0; axis < extents.rank; ++axis) {
        const dim n = extents[axis], step_from = from[index(axis)], step_to = to[index(axis)];
        if (n == 1) {
            continue;
        }
        const std::size_t last = index(p.extents.rank - 1);
        const bool continues = p.extents.rank > 0 && p.from[last] == step_from * n && p.to[last] == step_to * n;
        if (continues) {
            p.extents[p.extents.rank - 1] *= n;
        } else {
            p.extents.append(n);
        }
        p.from[index(p.extents.rank - 1)] = step_from;
        p.to[index(p.extents.rank - 1)] = step_to;
    }
    if (p.extents.rank == 0) {
        p.extents.append(1);
        p.from[0] = p.to[0] = 1;
    }
    return p;
}

template <copy_plan Plan>
struct planned_copy {
    static constexpr copy_plan plan = Plan;
    static constexpr int last = plan.extents.rank - 1;
    static constexpr dim columns = plan.extents[last], from_column = plan.from[index(last)],
                         to_column = plan.to[index(last)];
    /// The axis along which the source is contiguous, if it is not the last: it is transposed with the last.
    static constexpr int transposed_axis = [] {
        for (int axis = 0; axis < last; ++axis) {
            if (plan.from[index(axis)] == 1) {
                return from_column == 1 || from_column == 0 ? -1 : axis;
            }
        }
        return -1;
    }();
    /// The innermost of the other axes, which gets a loop of its own.
    static constexpr int inner = last - 1 == transposed_axis ? last - 2 : last - 1;
    static constexpr shape outer = [] {
        shape s = plan.extents;
        s[last] = 1;
        if (transposed_axis >= 0) {
            s[transposed_axis] = 1;
        }
        if (inner >= 0) {
            s[inner] = 1;
        }
        return s;
    }();

    template <class T>
    static void run(const T* x, T* y)
    {
        per_axis at{};
        do {
            const T* from = x + dot(at, plan.from, outer.rank);
            T* to = y + dot(at, plan.to, outer.rank);
            if constexpr (inner < 0) {
                copy_part(from, to);
            } else {
                for (dim i = 0; i < plan.extents[inner]; ++i) {
                    copy_part(from + i * plan.from[index(inner)], to + i * plan.to[index(inner)]);
                }
            }
        } while (advance(at, outer));
    }

private:
    template <class T>
    [[gnu::always_inline]] static void copy_part(const T* x, T* y)
    {
        if constexpr (transposed_axis >= 0) {
            turn(x, y);
        } else if constexpr (from_column == 1 && to_column == 1) {
            std::copy_n(x, columns, y);
        } else {
            for (dim i = 0; i < columns; ++i) {
                y[i * to_column] = x[i * from_column];
            }
        }
    }

    static constexpr dim rows = transposed_axis < 0 ? 1 : plan.extents[std::max(transposed_axis, 0)],
                         to_row = plan.to[index(std::max(transposed_axis, 0))];

    /// Computes y[r][c] = x[c][r] by squares as large as a vector. The last ones overlap those before them.
    template <class T>
    static void turn(const T* x, T* y)
    {
        constexpr dim side = std::min(rows, columns);
        if constexpr (!std::is_floating_point_v<T> || side < simd::narrowest<float> || to_column != 1) {
            turn_numbers(x, y);
        } else {
            constexpr dim lanes = std::min(simd::choose_lanes_within(side), simd::widest<T>);
            for (dim r = 0; r < rows; r += lanes) {
                for (dim c = 0; c < columns; c += lanes) {
                    turn_square<simd::vector<T, lanes>>(x, y, std::min(r, rows - lanes), std::min(c, columns - lanes));
                }
            }
        }
    }

    template <class V, class T>
    [[gnu::always_inline]] static void turn_square(const T* x, T* y, dim r, dim c)
    {
        std::array<V, V::size> square;
#pragma GCC unroll 16
        for (std::size_t i = 0; i < V::size; ++i) {
            square[i] = V::load_unaligned(x + (c + static_cast<dim>(i)) * from_column + r);
        }
        simd::transpose(square);
#pragma GCC unroll 16
        for (std::size_t i = 0; i < V::size; ++i) {
            square[i].store_unaligned(y + (r + static_cast<dim>(i)) * to_row + c);
        }
    }

    /// Transposes elements one by one, with the shorter side in the inner loop.
    template <class T>
    static void turn_numbers(const T* x, T* y)
    {
        if constexpr (rows < columns) {
            for (dim c = 0; c < columns; ++c) {
                for (dim r = 0; r < rows; ++r) {
                    y[r * to_row + c * to_column] = x[c * from_column + r];
                }
            }
        } else {
            for (dim r = 0; r < rows; ++r) {
                for (dim c = 0; c < columns; ++c) {
                    y[r * to_row + c * to_column] = x[c * from_column + r];
                }
            }
        }
    }
};

}  // namespace cameo::inline CAMEO_TARGET::detail
