// Fast paths of Concat: of blocked values along the channels in whole blocks, or along rows or columns; of plain ones by whole runs.
#pragma once
#include <cameo/kernel/blocked_copy.hpp>
#include <cameo/kernel/concat_storage.hpp>
#include <utility>

namespace cameo {

namespace detail {

constexpr bool all_plain(const operand_list& list)
{
    return std::all_of(list.types.begin(), list.types.begin() + list.count, [](const tensor_type& t) { return t.storage == storage{}; });
}

}  // namespace detail

template <concat_spec Spec, tensor_type Result>
    requires(joins_blocks(Spec) && is_blocked(Spec.x) && is_blocked(Result))
struct kernel<Spec, Result> {
    static constexpr concat_spec spec = Spec;

    template <class T>
    static void run(std::span<const std::span<const T>> x, std::span<T> y) noexcept
    {
        per_axis to{};
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            ((detail::copy_box<Spec.x[static_cast<int>(I)], Result>(spec.x[static_cast<int>(I)].shape, x[I].data(), {}, y.data(), to),
                 to[index(spec.axis)] += spec.x[static_cast<int>(I)].shape[spec.axis]), ...);
        }(std::make_index_sequence<index(Spec.x.count)>{});
    }
};

template <concat_spec Spec, tensor_type Result>
    requires(detail::all_plain(Spec.x) && Result.storage == storage{} && Result.shape.count() > 0)
struct kernel<Spec, Result> {
    static constexpr concat_spec spec = Spec;

    template <class T>
    static void run(std::span<const std::span<const T>> x, std::span<T> y) noexcept
    {
        constexpr int rank = Result.shape.rank;
        constexpr dim parts = Result.shape.count(0, spec.axis), length = Result.shape.count(spec.axis, rank);
        T* to = y.data();
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            (copy_runs<parts, spec.x[static_cast<int>(I)].shape.count(spec.axis, rank), length>(x[I].data(), to), ...);
        }(std::make_index_sequence<index(Spec.x.count)>{});
    }

private:
    /// Parts runs of Run elements each, which begin Length apart in the result; then `to` is where the next operand begins.
    template <dim Parts, dim Run, dim Length, class T>
    static void copy_runs(const T* x, T*& to)
    {
        for (dim part = 0; part < Parts; ++part) std::copy_n(x + part * Run, Run, to + part * Length);
        to += Run;
    }
};

}  // namespace cameo
