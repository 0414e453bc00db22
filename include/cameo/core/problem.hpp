// Reports a layer that cannot be, as one compile error with the layer and the problem.
#pragma once
#include <cameo/core/target.hpp>

namespace cameo::inline CAMEO_TARGET {

/// The address of its member stands for a problem of a layer: as a template argument, it names both in the compiler's
/// message. Problem is an enumerator of the operator's own list, whose first is `none`.
template <class Layer, auto Problem>
struct layer_has {
    static constexpr char problem = 0;
};

/// Tells whether there is no problem.
template <const char* Problem>
inline constexpr bool is_right = Problem == nullptr;

/// What is wrong between a generated header and the library, whatever the operator.
enum class layer_problem {
    none,
    declared_result_differs_from_the_derived_one,
    no_kernel_reads_and_writes_this_storage
};

}  // namespace cameo::inline CAMEO_TARGET
