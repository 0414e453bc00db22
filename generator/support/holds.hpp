// Tests whether a number from a file can be represented in an element type.
#pragma once
#include "support/tensor.hpp"
#include <cameo/op/cast.hpp>

namespace cameo::generator {

/// Tells whether the element type represents this 64-bit number exactly.
template <class Number>
bool holds(element e, Number number)
{
    return with_elements(tensor({e, {}}), [&]<class T>(std::span<T>) {
        return cameo::detail::convert<Number>(cameo::detail::convert<T>(number)) == number;
    });
}

}  // namespace cameo::generator
