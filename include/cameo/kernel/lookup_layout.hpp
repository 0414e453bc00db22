// How a lookup lies in memory: in blocks where its input already is; its table is one row.
#pragma once
#include <cameo/kernel/layouts.hpp>
#include <cameo/op/lookup.hpp>

namespace cameo::inline CAMEO_TARGET {

constexpr layouts wanted_layouts(const lookup_spec& s, const layer_context&)
{
    layouts wanted;
    if (is_blocked(s.x) && s.x.shape.rank <= 4) {
        wanted.operands[0] = wanted.result = in_blocks;
    }
    return wanted;
}

}  // namespace cameo::inline CAMEO_TARGET
