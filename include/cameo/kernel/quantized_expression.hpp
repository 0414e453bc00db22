// Unrolls expressions on quantized numbers over vectors, equal to the definition in every bit.
#pragma once
#include <cameo/kernel/apply.hpp>
#include <cameo/kernel/simd/bytes.hpp>

namespace cameo::inline CAMEO_TARGET {

/// Tells whether every function of the expression gives the same numbers on vectors as on scalars. Those of arithmetic
/// do; exponentials are within some units in the last place.
constexpr bool exact_on_vectors(const elementwise_expression& p)
{
    constexpr std::array exact{place_of<functions::add>(), place_of<functions::sub>(), place_of<functions::mul>(),
        place_of<functions::div>(), place_of<functions::relu>(), place_of<functions::clip>(),
        place_of<functions::max>(), place_of<functions::min>(), place_of<functions::round>(),
        place_of<functions::neg>(), place_of<functions::abs>()};
    for (const instruction& i : p) {
        if (std::find(exact.begin(), exact.end(), i.function) == exact.end()) {
            return false;
        }
    }
    return true;
}

namespace detail {

/// Returns the same number or vector, but hides from the compiler that it is a product: otherwise it would contract it
/// with a sum.
template <class V>
[[gnu::always_inline]] inline V rounded_product(V x)
{
    if constexpr (std::is_same_v<V, float>) {
        return opaque_number(x);
    } else {
        return simd::keep_in_register(x);
    }
}

/// Does the same as apply(), but rounds products before they are added: compilers would contract the two.
template <elementwise_expression P, class V, std::size_t N>
[[gnu::always_inline]] inline V apply_exactly(const std::array<V, N>& operands)
{
    using vector = simd::ordered<V>;
    if constexpr (!std::is_same_v<V, vector>) {
        return simd::as<V>(apply_exactly<P>(simd::as<vector>(operands)));
    } else {
        std::array<V, static_cast<std::size_t>(P.length) + 1> results;
        const auto step = [&]<std::size_t I>(std::integral_constant<std::size_t, I>) __attribute__((always_inline)) {
            results[I] = in_order(execute<P.code[I]>(operands, results));
            if constexpr (P.code[I].function == place_of<functions::mul>()) {
                results[I] = rounded_product(results[I]);
            }
        };
        [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
            (step(std::integral_constant<std::size_t, I>{}), ...);
        }(std::make_index_sequence<static_cast<std::size_t>(P.length)>{});
        return read<P.result>(operands, results);
    }
}

}  // namespace detail

}  // namespace cameo::inline CAMEO_TARGET
