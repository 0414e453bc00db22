// select(condition, a, b) for scalars; xsimd has the same name for batches, which is found by their type.
#pragma once
#include <cameo/core/target.hpp>

namespace cameo::inline CAMEO_TARGET {

template <class T>
constexpr T select(bool condition, T yes, T no)
{
    return condition ? yes : no;
}

}  // namespace cameo::inline CAMEO_TARGET
