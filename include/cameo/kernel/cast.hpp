// The fast path of Cast between float32 and floats of 16 bits, in plain storage.
#pragma once
#include <cameo/kernel/simd/target.hpp>
#include <cameo/op/cast.hpp>

namespace cameo::inline CAMEO_TARGET {

template <cast_spec S, tensor_type Y>
    requires(S.x.storage == storage{} && Y.storage == storage{} &&
             ((S.x.element == element::float32 && detail::has_16_bits<element_type<Y.element>>) ||
                 (detail::has_16_bits<element_type<S.x.element>> && Y.element == element::float32)))
struct kernel<S, Y> {
    using from = element_type<S.x.element>;
    using to = element_type<Y.element>;

    static void run(std::span<const from> x, std::span<to> y) noexcept
    {
        simd::for_each_piece<float, Y.shape.count()>(
            [&]<class V, dim Count>(dim i) { convert<V, Count>(x.data() + i, y.data() + i); });
    }

private:
    template <class V, dim Count>
    [[gnu::always_inline]] static void convert(const from* x, to* y)
    {
        if constexpr (Count < simd::lanes_of<V>) {
            std::array<from, V::size> part{};
            std::array<to, V::size> converted;
            std::copy_n(x, Count, part.begin());
            convert<V, simd::lanes_of<V>>(part.data(), converted.data());
            std::copy_n(converted.begin(), Count, y);
        } else if constexpr (std::is_same_v<from, float>) {
            simd::narrow(V::load_unaligned(x), y);
        } else {
            simd::widen<V>(x).store_unaligned(y);
        }
    }
};

}  // namespace cameo::inline CAMEO_TARGET
