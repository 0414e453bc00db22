// Keeps a compiler from treating a function that stores as one that does not.
#pragma once
#include <cameo/core/target.hpp>

namespace cameo::inline CAMEO_TARGET::detail {

/// Every function of its own that stores calls this behind its stores, or where it begins if it is mostly part of
/// others.
///
/// g++ 12 takes a store whose address has lost its base in a loop (ivopts) for one to no memory at all
/// (points_to_local_or_readonly_memory_p). A function in which all stores are such counts as pure, and calls of it are
/// dropped; others count as functions that leave memory as it was.
[[gnu::always_inline]] inline void keep_stores() noexcept { asm volatile("" ::: "memory"); }

}  // namespace cameo::inline CAMEO_TARGET::detail
