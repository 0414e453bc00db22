// The fast path of elementwise expressions on quantized numbers: the loops of elementwise layers, with conversion
// between bytes and floats.
#pragma once
#include <cameo/kernel/elementwise.hpp>
#include <cameo/kernel/quantized_elementwise_layout.hpp>
#include <cameo/kernel/quantized_expression.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

template <quantized_elementwise_spec Spec, tensor_type Result>
struct quantized_loops {
    static constexpr quantized_elementwise_spec spec = Spec;
    static constexpr tensor_type result = Result;
    static constexpr std::size_t operands = static_cast<std::size_t>(spec.x.count);
    static constexpr element_loops<operands> loops = loops_of<operands>(spec.on_floats(), result);
    static constexpr std::size_t last = index(loops.extent.rank - 1);
    static constexpr dim extent = loops.extent[static_cast<int>(last)];
    using number = element_type<spec.x[0].element>;
    using result_number = element_type<result.element>;
    using places = std::array<const number*, operands>;
    static constexpr bool on_vectors = !std::is_same_v<number, std::int8_t> &&
                                       !std::is_same_v<result_number, std::int8_t> && exact_on_vectors(spec.compute);

    /// Loads the first Count numbers as floats.
    template <class V, dim Count>
    [[gnu::always_inline]] static V load(const number* from)
    {
        if constexpr (std::is_same_v<number, float>) {
            return simd::load<V, Count>(from);
        } else {
            using integers = simd::vector<std::int32_t, simd::lanes_of<V>>;
            std::array<number, V::size> lane{};
            if constexpr (Count < simd::lanes_of<V>) {
                std::copy_n(from, Count, lane.begin());
            }
            return V(xsimd::to_float(simd::widen<integers>(Count < simd::lanes_of<V> ? lane.data() : from)).data);
        }
    }

    template <dim Count, class V>
    [[gnu::always_inline]] static void store(const V& x, result_number* to)
    {
        if constexpr (Count == simd::lanes_of<V>) {
            simd::store_saturated(x, to);
        } else {
            std::array<result_number, V::size> lane;
            simd::store_saturated(x, lane.data());
            std::copy_n(lane.begin(), Count, to);
        }
    }

    template <std::size_t... K>
    static void run_row(const places& x, result_number* y, std::index_sequence<K...>)
    {
        if constexpr (on_vectors) {
            simd::for_each_piece<float, extent, simd::byte_lanes(block)>([&]<class V, dim Count>(dim i) {
                const auto operand = [&](const number* from, auto broadcast) {
                    if constexpr (broadcast) {
                        return V(static_cast<float>(*from));
                    } else {
                        return load<V, Count>(from + i);
                    }
                };
                store<Count>(apply_exactly<spec.compute>(std::array<V, operands>{
                                 operand(x[K], std::bool_constant < loops.value[K].step[last] == 0 > {})...}),
                    y + i);
            });
        } else {
            for (dim i = 0; i < extent; ++i) {
                y[i] = saturated<result_number>(apply_exactly<spec.compute>(
                    std::array<float, operands>{static_cast<float>(x[K][loops.value[K].step[last] == 0 ? 0 : i])...}));
            }
        }
    }

    static void run_row(const places& x, result_number* y) { run_row(x, y, std::make_index_sequence<operands>{}); }

    static void run(std::span<const std::span<const number>> x, result_number* y)
    {
        run_rows<quantized_loops>(x, y);
        // Lanes beyond the last channel hold zeros in blocks of floats; in those of bytes, anything.
        if constexpr (std::is_floating_point_v<result_number>) {
            clear_padding<result>(y);
        }
    }
};

}  // namespace detail

template <quantized_elementwise_spec Spec, tensor_type Result>
    requires(stored_alike(Spec, Result))
struct kernel<Spec, Result> {
    using loops = detail::quantized_loops<Spec, Result>;
    static constexpr int overwrites = overwritten_operand(loops::spec, Result);

    static void run(
        std::span<const std::span<const typename loops::number>> x, std::span<typename loops::result_number> y) noexcept
    {
        loops::run(x, y.data());
    }
};

}  // namespace cameo::inline CAMEO_TARGET
