// Slice of a blocked value that begins with a whole block of channels.
#pragma once
#include <cameo/kernel/blocked_copy.hpp>
#include <cameo/kernel/padding.hpp>
#include <cameo/kernel/slice_storage.hpp>

namespace cameo {

template <slice_spec Spec, tensor_type Result>
    requires(takes_blocks(Spec) && is_blocked(Spec.x) && is_blocked(Result))
struct kernel<Spec, Result> {
    static constexpr slice_spec spec = Spec;
    static constexpr tensor_type result = Result;

    template <class T>
    static void run(std::span<const T> x, std::span<T> y) noexcept
    {
        detail::copy_box<Spec.x, Result>(result.shape, x.data(), spec.starts.extent, y.data(), {});
        if constexpr (spec.ends[1] != spec.x.shape[1]) detail::clear_padding<Result>(y.data());
    }
};

}  // namespace cameo
