// The epilogue of a layer: the expression (activation, residual) that each number passes before it is stored.
// operand<0> is the layer's own result, operand<1> the residual (an operand of the result's shape), if there is one. A
// spec with an epilogue says which operand that is: `epilogue_operand`.
#pragma once
#include <cameo/op/elementwise.hpp>

namespace cameo::inline CAMEO_TARGET {

template <class T>
constexpr T apply(const elementwise_expression& epilogue, T value, std::span<const T> residual, std::size_t at)
{
    if (epilogue.empty()) {
        return value;
    }
    return detail::interpret(
        epilogue, std::array<T, elementwise_expression::max_operands>{value, residual.empty() ? T(0) : residual[at]});
}

/// Tells whether this epilogue can follow a result of type `y`, with this residual.
constexpr bool fits(const elementwise_expression& epilogue, const tensor_type& y, const tensor_type& residual)
{
    if (epilogue.empty()) {
        return !residual.present();
    }
    if (residual.present() && residual.plain() != y.plain()) {
        return false;
    }
    return epilogue.operands() <= (residual.present() ? 2 : 1) &&
           detail::expression_result(epilogue, y.element) == y.element;
}

}  // namespace cameo::inline CAMEO_TARGET
