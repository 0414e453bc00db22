// Elementwise expressions unrolled over vectors or numbers: each instruction becomes one call, each value a register.
#pragma once
#include <cameo/core/tensor_type.hpp>
#include <cameo/function/list.hpp>
#include <cameo/kernel/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

template <argument A, class V, std::size_t N, std::size_t M>
[[gnu::always_inline]] inline V read(const std::array<V, N>& operands, const std::array<V, M>& results)
{
    if constexpr (A.is_constant()) {
        constexpr auto constant = static_cast<simd::number_of<V>>(A.constant);
        return V(constant);
    } else if constexpr (A.is_operand()) {
        return operands[A.operand()];
    } else {
        return results[A.result()];
    }
}

template <instruction I, class V, std::size_t N, std::size_t M>
[[gnu::always_inline]] inline auto execute(const std::array<V, N>& operands, const std::array<V, M>& results)
{
    constexpr function_at<I.function> function;
    return [&]<std::size_t... K>(std::index_sequence<K...>) {
        return simd::call(function, read<I.arguments[K]>(operands, results)...);
    }(std::make_index_sequence<I.count>{});
}

}  // namespace detail

/// Evaluates the expression on vectors or numbers, in the order that is written, whatever the compiler may do with
/// other floats.
template <elementwise_expression P, class V, std::size_t N>
[[gnu::always_inline]] inline V apply(const std::array<V, N>& operands)
{
    using vector = simd::ordered<V>;
    if constexpr (!P.empty() && !std::is_same_v<V, vector>) {
        return simd::as<V>(apply<P>(simd::as<vector>(operands)));
    } else {
        std::array<V, static_cast<std::size_t>(P.length) + 1> results;
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            ((results[I] = detail::in_order(detail::execute<P.code[I]>(operands, results))), ...);
        }(std::make_index_sequence<static_cast<std::size_t>(P.length)>{});
        return detail::read<P.result>(operands, results);
    }
}

/// Applies an epilogue to a sum; the residual is read only if there is one.
template <elementwise_expression Then, class V>
[[gnu::always_inline]] inline V apply_epilogue(const V& sum, const V& residual)
{
    return apply<Then>(std::array<V, 2>{sum, residual});
}

}  // namespace cameo::inline CAMEO_TARGET
