// What a kernel says, before any memory is planned, of how its operands and its result lie. The generator asks; the
// kernels require what they asked for. Nothing here needs xsimd.
//
// The header NAME_layout.hpp of an operator has those of these functions in which its kernel differs from one that
// reads and writes row-major memory:
//
// * `wanted_layouts(spec, context)`: how operands and results lie
// * `needed_halo(spec)`: the zeros around operand 0 that windows read
// * `halo_fill(spec)`: what stands there instead of zeros
// * `overwritten_operand(spec, result)`: the operand in whose memory the result may be written; -1 for none
// * `lies_in(spec, result)`: the operand that the result is a part of
// * `places_in_result(spec, result)`: where operands lie that are parts of the result
// * `shares_memory(spec)`: such operands and the result are the same memory, if their layouts are the same
#pragma once
#include <algorithm>
#include <cameo/op/layer.hpp>

namespace cameo::inline CAMEO_TARGET {

/// What is known of a layer beside its spec, in which the operands lie as they do so far.
struct layer_context {
    std::array<bool, operand_list::capacity> is_fixed{};  ///< the operand is a constant, or absent
    std::array<bool, operand_list::capacity> is_read{};   ///< somebody reads the result
};

/// How the operands and the results of a layer lie.
struct layouts {
    std::array<storage, operand_list::capacity> operands{};
    storage result{};
};

/// All of them lie alike.
constexpr layouts uniform(const storage& s)
{
    layouts all{.result = s};
    all.operands.fill(s);
    return all;
}

inline constexpr storage in_blocks{layout::blocked};

/// Does one of the operands lie in blocks so far?
constexpr bool reads_blocks(const operand_list& list)
{
    return std::any_of(
        list.types.begin(), list.types.begin() + list.count, [](const tensor_type& t) { return is_blocked(t); });
}

/// Where a result lies in an operand: so many bytes from its start, or `nowhere`. Operand -1: it has its own memory.
struct operand_place {
    int operand = -1;
    std::size_t within = 0;
};

}  // namespace cameo::inline CAMEO_TARGET
