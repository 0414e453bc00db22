// Elementwise programs unrolled over batches: each instruction becomes one call, each value a register.
#pragma once
#include <cameo/core/tensor_type.hpp>
#include <cameo/function/list.hpp>

// GCC 12 takes the undefined operands of its own AVX-512 intrinsics for mistakes (GCC bug 105593).
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <xsimd/xsimd.hpp>
#pragma GCC diagnostic pop

namespace cameo {

namespace detail {

template <argument A, class V, std::size_t N>
V read(const std::array<V, N>& operands, const std::array<V, program::capacity>& results)
{
    if constexpr (A.is_constant()) {
        constexpr auto constant = static_cast<typename V::value_type>(A.constant);
        return V(constant);
    }
    else if constexpr (A.is_operand()) return operands[A.operand()];
    else return results[A.result()];
}

template <instruction I, class V, std::size_t N>
V execute(const std::array<V, N>& operands, const std::array<V, program::capacity>& results)
{
    constexpr function_at<I.function> function;
    if constexpr (I.count == 1) return function(read<I.arguments[0]>(operands, results));
    else if constexpr (I.count == 2) return function(read<I.arguments[0]>(operands, results), read<I.arguments[1]>(operands, results));
    else return function(read<I.arguments[0]>(operands, results), read<I.arguments[1]>(operands, results), read<I.arguments[2]>(operands, results));
}

}  // namespace detail

/// What the program gives for these operands.
template <program P, class V, std::size_t N>
[[gnu::always_inline]] inline V apply(const std::array<V, N>& operands)
{
    std::array<V, program::capacity> results;
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        ((results[I] = detail::execute<P.code[I]>(operands, results)), ...);
    }(std::make_index_sequence<static_cast<std::size_t>(P.length)>{});
    return detail::read<P.result>(operands, results);
}

namespace detail {

template <class Function>
inline constexpr bool scalar_only = requires { requires Function::scalar_only; };

template <program P, std::size_t... I>
constexpr bool all_vectorize(std::index_sequence<I...>)
{
    return !(scalar_only<function_at<P.code[I].function>> || ...);
}

}  // namespace detail

/// Does every function of the program work on batches?
template <program P>
inline constexpr bool vectorizes = detail::all_vectorize<P>(std::make_index_sequence<static_cast<std::size_t>(P.length)>{});

}  // namespace cameo
