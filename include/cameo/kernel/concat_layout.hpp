// Which values Concat joins block by block. The generator plans by it; the kernel requires it.
#pragma once
#include <cameo/kernel/layouts.hpp>
#include <cameo/op/concat.hpp>

namespace cameo::inline CAMEO_TARGET {

/// Tells whether the operands are images, all of which but the last end with a whole block if channels are joined.
constexpr bool joins_blocks(const concat_spec& s)
{
    if (!is_image(s.x[0]) || s.axis == 0) {
        return false;
    }
    for (int i = 0; i + 1 < s.x.count; ++i) {
        if (s.axis == 1 && s.x[i].shape[1] % block != 0) {
            return false;
        }
    }
    return true;
}

/// Do the operands follow each other in the memory of the result?
constexpr bool shares_memory(const concat_spec& s)
{
    return s.x[0].shape.count(0, s.axis) == 1 &&
           (s.x[0].storage == storage{} || (is_blocked(s.x) && joins_blocks(s) && s.axis == 1));
}

/// Returns the offset in bytes of each operand in the result, if it can lie there.
constexpr std::array<std::size_t, operand_list::capacity> places_in_result(const concat_spec& s, const tensor_type& y)
{
    std::array<std::size_t, operand_list::capacity> places{};
    std::size_t place = 0;
    for (int k = 0; k < s.x.count; ++k) {
        places[index(k)] = shares_memory(s) && s.x[k].storage == y.storage ? place : nowhere;
        place += bytes(s.x[k]);
    }
    return places;
}

/// In blocks where the input already is.
constexpr layouts wanted_layouts(const concat_spec& s, const layer_context&)
{
    return reads_blocks(s.x) && joins_blocks(s) ? uniform(in_blocks) : layouts{};
}

}  // namespace cameo::inline CAMEO_TARGET
