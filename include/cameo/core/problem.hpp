// Reports a layer that cannot be, as one compile error with the layer and the problem.
#pragma once
#include <cameo/core/target.hpp>

namespace cameo::inline CAMEO_TARGET {

/// Complete only for a layer without a problem: the compiler's message for the incomplete type is the error that people
/// read. Problem is an enumerator of the operator's own list, whose first is `none`.
template <class Layer, auto Problem>
struct layer_has;
template <class Layer, auto Problem>
    requires(Problem == decltype(Problem)::none)
struct layer_has<Layer, Problem> {};

/// Accepts only complete types.
template <class Complete>
constexpr void require(Complete)
{
}

/// What is wrong between a generated header and the library, whatever the operator.
enum class layer_problem {
    none,
    declared_result_differs_from_the_derived_one,
    no_kernel_reads_and_writes_this_storage
};

}  // namespace cameo::inline CAMEO_TARGET
