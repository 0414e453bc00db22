// How max pools lie in memory.
#pragma once
#include <cameo/kernel/pool_layout.hpp>
#include <cameo/op/max_pool.hpp>

namespace cameo::inline CAMEO_TARGET {

constexpr layouts wanted_layouts(const max_pool_spec& s, const layer_context& c)
{
    return detail::layouts_of_pool(s, c);
}

}  // namespace cameo::inline CAMEO_TARGET
