// The epilogue of a layer: the program (activation, residual) that each number passes before it is stored.
#pragma once
#include <cameo/op/elementwise.hpp>

namespace cameo::inline CAMEO_TARGET {

/// operand<0> is the layer's own result, operand<1> the residual (an operand of the result's shape), if there is one.
/// A spec with an epilogue says which operand that is: `epilogue_operand`.
using epilogue = program;

template <class T>
constexpr T apply(const epilogue& then, T value, std::span<const T> residual, std::size_t at)
{
    if (then.empty()) {
        return value;
    }
    return detail::interpret(then, std::array<T, program::max_operands>{value, residual.empty() ? T(0) : residual[at]});
}

/// Tells whether this epilogue can follow a result of type `y`, with this residual.
constexpr bool fits(const epilogue& then, const tensor_type& y, const tensor_type& residual)
{
    if (then.empty()) {
        return !residual.present();
    }
    if (residual.present() && residual.plain() != y.plain()) {
        return false;
    }
    return then.operands() <= (residual.present() ? 2 : 1) && detail::program_result(then, y.element) == y.element;
}

}  // namespace cameo::inline CAMEO_TARGET
