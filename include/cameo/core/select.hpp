// A choice by element, for scalars; batches have the same name in xsimd and are found by their argument.
#pragma once
#include <cameo/core/target.hpp>

namespace cameo::inline CAMEO_TARGET {

template <class T>
constexpr T select(bool condition, T yes, T no)
{
    return condition ? yes : no;
}

}  // namespace cameo::inline CAMEO_TARGET
