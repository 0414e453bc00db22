// The fast paths of Concat: blocked values along whole blocks of channels, rows or columns; plain values by whole runs.
#pragma once
#include <cameo/kernel/blocked_copy.hpp>
#include <cameo/kernel/concat_layout.hpp>
#include <utility>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

constexpr bool all_plain(const operand_list& list)
{
    return std::all_of(list.types.begin(), list.types.begin() + list.count,
        [](const tensor_type& t) { return t.storage == storage{}; });
}

/// Tells whether the memory plan has put this operand into the result.
template <class T>
bool lies_at(const T* operand, const T* result, std::size_t place)
{
    return place != nowhere &&
           reinterpret_cast<const std::byte*>(operand) == reinterpret_cast<const std::byte*>(result) + place;
}

}  // namespace detail

template <concat_spec Spec, tensor_type Result>
    requires(joins_blocks(Spec) && is_blocked(Spec.x) && is_blocked(Result))
struct kernel<Spec, Result> {
    static constexpr concat_spec spec = Spec;
    static constexpr auto places = places_in_result(Spec, Result);

    template <class T>
    static void run(std::span<const std::span<const T>> x, std::span<T> y) noexcept
    {
        per_axis to{};
        [&]<std::size_t... I>(std::index_sequence<I...>) { (copy<I>(x[I].data(), y.data(), to), ...); }(
            std::make_index_sequence<index(Spec.x.count)>{});
    }

private:
    /// Copies an operand that does not lie in the result, and advances `to` to where the next begins.
    template <std::size_t I, class T>
    static void copy(const T* x, T* y, per_axis& to)
    {
        constexpr tensor_type part = Spec.x[static_cast<int>(I)];
        static constexpr shape extents = part.shape;
        if (!detail::lies_at(x, y, places[I])) {
            detail::copy_box<part, Result>(extents, x, {}, y, to);
        }
        to[index(spec.axis)] += extents[spec.axis];
    }
};

template <concat_spec Spec, tensor_type Result>
    requires(detail::all_plain(Spec.x) && Result.storage == storage{} && Result.shape.count() > 0)
struct kernel<Spec, Result> {
    static constexpr concat_spec spec = Spec;
    static constexpr auto places = places_in_result(Spec, Result);

    template <class T>
    static void run(std::span<const std::span<const T>> x, std::span<T> y) noexcept
    {
        constexpr int rank = Result.shape.rank;
        constexpr dim parts = Result.shape.count(0, spec.axis), length = Result.shape.count(spec.axis, rank);
        T* to = y.data();
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            (copy_runs<parts, spec.x[static_cast<int>(I)].shape.count(spec.axis, rank), length>(
                 x[I].data(), to, detail::lies_at(x[I].data(), y.data(), places[I])),
                ...);
        }(std::make_index_sequence<index(Spec.x.count)>{});
    }

private:
    /// Copies Parts runs of Run elements each, which begin Length apart in the result, unless they are there already,
    /// and advances `to` to where the next operand begins.
    template <dim Parts, dim Run, dim Length, class T>
    static void copy_runs(const T* x, T*& to, bool there)
    {
        for (dim part = 0; part < Parts && !there; ++part) {
            std::copy_n(x + part * Run, Run, to + part * Length);
        }
        to += Run;
    }
};

}  // namespace cameo::inline CAMEO_TARGET
