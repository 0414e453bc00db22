// The fast path of elementwise layers: expressions unrolled over vectors, broadcasting as a few nested loops.
#pragma once
#include <cameo/kernel/apply.hpp>
#include <cameo/kernel/elementwise_layout.hpp>
#include <cameo/kernel/padding.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

/// How a value lies in memory, one step in elements per loop.
struct steps {
    std::array<dim, max_rank> step{};
    dim start = 0;
};

/// Nested loops over the elements of a result, outermost first.
template <std::size_t Operands>
struct element_loops {
    shape extent{};
    std::array<steps, Operands + 1> value{};  ///< the operands, then the result

    /// Drops loops of one iteration, and merges loops through which all values step as through one.
    constexpr element_loops joined() const
    {
        element_loops to{{}, value};
        for (int axis = 0; axis < extent.rank; ++axis) {
            if (extent[axis] == 1) {
                continue;
            }
            const std::size_t from = index(axis), last = index(to.extent.rank - 1);
            bool one = to.extent.rank > 0;
            for (std::size_t v = 0; v <= Operands && one; ++v) {
                one = to.value[v].step[last] == value[v].step[from] * extent[axis];
            }
            if (one) {
                to.extent[static_cast<int>(last)] *= extent[axis];
            } else {
                to.extent.append(extent[axis]);
            }
            for (std::size_t v = 0; v <= Operands; ++v) {
                to.value[v].step[index(to.extent.rank - 1)] = value[v].step[from];
            }
        }
        // The innermost loop knows steps of 0 and 1 only.
        const auto strides = [&](const steps& v) {
            return to.extent.rank == 0 || v.step[index(to.extent.rank - 1)] > 1;
        };
        if (std::any_of(to.value.begin(), to.value.end(), strides)) {
            to.extent.append(1);
            for (steps& v : to.value) {
                v.step[index(to.extent.rank - 1)] = 0;
            }
        }
        return to;
    }
};

/// Returns the steps through a value as if it had the extents of the blocked or padded result: batch, blocks of
/// channels, rows, columns, channels of a block.
constexpr steps steps_through(const tensor_type& t)
{
    if (t.shape.count() == 1 && t.storage == storage{}) {
        return {};
    }
    const stored_extents e(t);
    const auto step = [](dim extent, dim distance) { return extent == 1 ? 0 : distance; };
    return {{step(e.batch, e.distance(1, 0, 0)), step(e.channels, e.plane()), step(e.rows, e.row()),
                step(e.columns, e.block), step(e.channels, 1)},
        e.place(0, 0, 0)};
}

template <std::size_t Operands>
constexpr element_loops<Operands> loops_of(const elementwise_spec& s, const tensor_type& y)
{
    element_loops<Operands> loops;
    const auto type = [&](std::size_t v) { return v < Operands ? s.x[static_cast<int>(v)] : y; };
    if (y.storage.layout == layout::plain) {
        loops.extent = y.shape;
        for (std::size_t v = 0; v <= Operands; ++v) {
            loops.value[v].step = broadcast_strides(type(v).shape, y.shape);
        }
        return loops.joined();
    }
    const stored_extents e(y);
    loops.extent = {e.batch, e.channel_blocks, e.rows, e.columns, e.block};
    for (std::size_t v = 0; v <= Operands; ++v) {
        loops.value[v] = steps_through(type(v));
    }
    return loops.joined();
}

/// Calls Layer::run_row(x, y) where the innermost of Layer::loops begins, in every iteration of those around it.
template <class Layer, std::size_t Axis = 0>
void run_axis(typename Layer::places x, typename Layer::result_number* y)
{
    constexpr const auto& loops = Layer::loops;
    if constexpr (Axis == Layer::last) {
        Layer::run_row(x, y);
    } else {
        for (dim i = 0; i < loops.extent[Axis]; ++i) {
            run_axis<Layer, Axis + 1>(x, y);
            for (std::size_t k = 0; k < Layer::operands; ++k) {
                x[k] += loops.value[k].step[Axis];
            }
            y += loops.value[Layer::operands].step[Axis];
        }
    }
}

/// Does the same for whole operands and the result.
template <class Layer>
void run_rows(std::span<const std::span<const typename Layer::number>> x, typename Layer::result_number* y)
{
    typename Layer::places from;
    for (std::size_t k = 0; k < Layer::operands; ++k) {
        from[k] = x[k].data() + Layer::loops.value[k].start;
    }
    run_axis<Layer>(from, y + Layer::loops.value[Layer::operands].start);
}

template <elementwise_spec Spec, tensor_type Result>
struct elementwise_loops {
    static constexpr elementwise_spec spec = Spec;
    static constexpr tensor_type result = Result;
    static constexpr elementwise_expression compute = spec.compute;
    static constexpr std::size_t operands = static_cast<std::size_t>(spec.x.count);
    static constexpr element_loops<operands> loops = loops_of<operands>(spec, result);
    static constexpr std::size_t last = index(loops.extent.rank - 1);
    static constexpr dim extent = loops.extent[static_cast<int>(last)];

    using number = element_type<spec.x[0].element>;
    using result_number = element_type<result.element>;
    using places = std::array<const number*, operands>;

    /// Evaluates the expression on one number of each operand; a predicate stands alone.
    static result_number run_one(const std::array<number, operands>& x)
    {
        if constexpr (std::is_same_v<number, result_number>) {
            return apply<compute>(x);
        } else {
            return execute<compute.code[0]>(x, std::array<number, 1>{});
        }
    }

    /// Runs the innermost loop, with steps of 1, or 0 where an operand is broadcast.
    static void run_row(const places& x, result_number* y)
    {
        const auto gather = [&]<class V, std::size_t... K>(std::index_sequence<K...>, auto load) {
            return std::array<V, operands>{load(x[K], std::bool_constant < loops.value[K].step[last] == 0 > {})...};
        };
        constexpr std::make_index_sequence<operands> all;
        if constexpr (std::is_floating_point_v<number> && std::is_same_v<number, result_number> &&
                      works_on_vectors(compute)) {
            simd::for_each_piece<number, extent>([&]<class V, dim Count>(dim i) {
                simd::store<Count>(apply<compute>(gather.template operator()<V>(all,
                                       [&](const number* from, auto broadcast) {
                                           if constexpr (broadcast) {
                                               return V(*from);
                                           } else {
                                               return simd::load<V, Count>(from + i);
                                           }
                                       })),
                    y + i);
            });
        } else {
            for (dim i = 0; i < extent; ++i) {
                y[i] = run_one(gather.template operator()<number>(
                    all, [&](const number* from, auto broadcast) { return broadcast ? *from : from[i]; }));
            }
        }
    }

    /// Tells whether all lanes beyond the last channel are zero if the operands' are. An operand that is broadcast, as
    /// a single channel is, has none.
    static constexpr bool padding_stays_zero = [] {
        constexpr dim channels = stored_extents(result).channels;
        bool padded = keeps_zeros<compute> && channels > 1;
        for (int i = 0; i < spec.x.count; ++i) {
            padded = padded && is_blocked(spec.x[i]) && stored_extents(spec.x[i]).channels == channels;
        }
        return padded;
    }();

    static void run(std::span<const std::span<const number>> x, result_number* y)
    {
        run_rows<elementwise_loops>(x, y);
        if constexpr (!padding_stays_zero) {
            clear_padding<result>(y);
        }
    }
};

}  // namespace detail

template <elementwise_spec Spec, tensor_type Result>
    requires(stored_alike(Spec, Result))
struct kernel<Spec, Result> {
    using loops = detail::elementwise_loops<Spec, Result>;
    static constexpr int overwrites = overwritten_operand(loops::spec, Result);

    static void run(
        std::span<const std::span<const typename loops::number>> x, std::span<typename loops::result_number> y) noexcept
    {
        loops::run(x, y.data());
    }
};

}  // namespace cameo::inline CAMEO_TARGET
