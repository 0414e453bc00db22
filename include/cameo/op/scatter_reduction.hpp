// How ScatterElements and ScatterND combine an update with the element that it meets: replace, add, mul, max, min.
#pragma once
#include <cameo/function/add.hpp>
#include <cameo/function/max.hpp>
#include <cameo/function/min.hpp>
#include <cameo/function/mul.hpp>
#include <cameo/op/indices.hpp>

namespace cameo::inline CAMEO_TARGET {

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"  // of g++ alone: the names of an enum class shadow nothing
enum class scatter_reduction { none, add, mul, max, min };
#pragma GCC diagnostic pop

template <class T>
constexpr T combine(scatter_reduction reduction, T present, T update)
{
    // Of booleans the sum and the larger are "or", the product and the smaller "and".
    if constexpr (std::is_same_v<T, bool>) {
        using enum scatter_reduction;
        return reduction == none                      ? update
               : reduction == add || reduction == max ? present || update
                                                      : present && update;
    } else {
        switch (reduction) {
        case scatter_reduction::none: break;
        case scatter_reduction::add: return functions::add{}(present, update);
        case scatter_reduction::mul: return functions::mul{}(present, update);
        case scatter_reduction::max: return functions::max{}(present, update);
        case scatter_reduction::min: return functions::min{}(present, update);
        }
    }
    return update;
}

}  // namespace cameo::inline CAMEO_TARGET
