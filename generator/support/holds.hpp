// Whether numbers of a file fit where they are to go.
#pragma once
#include "support/tensor.hpp"
#include <cameo/op/cast.hpp>

namespace cameo::generator {

/// Is this number, of 64 bits, one that the element type holds exactly?
template <class Number>
bool holds(element e, Number number)
{
    return with_elements(tensor({e, {}}), [&]<class T>(std::span<T>) {
        return cameo::detail::convert<Number>(cameo::detail::convert<T>(number)) == number;
    });
}

}  // namespace cameo::generator
