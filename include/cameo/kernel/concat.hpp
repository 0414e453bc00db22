// Concat of blocked values: along the channels in whole blocks, or along rows or columns.
#pragma once
#include <cameo/kernel/blocked_copy.hpp>
#include <cameo/kernel/concat_storage.hpp>
#include <utility>

namespace cameo {

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

}  // namespace cameo
