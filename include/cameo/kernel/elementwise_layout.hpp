// Which storage the fast path of elementwise layers takes. The generator plans by it; the kernel requires it.
#pragma once
#include <cameo/kernel/layouts.hpp>
#include <cameo/op/elementwise.hpp>

namespace cameo::inline CAMEO_TARGET {

/// Tells whether the layer can read its operands and write its result, which is not empty, as they are stored: all
/// plain; or all blocked, or all padded, of the same rank and each with its own halo, beside plain operands of one
/// element.
constexpr bool stored_alike(const elementwise_spec& s, const tensor_type& y)
{
    const layout wanted = y.storage.layout;
    if (y.shape.count() == 0) {
        return false;
    }
    if (wanted != layout::plain && wanted != layout::blocked && wanted != layout::row_major_padded) {
        return false;
    }
    if (wanted != layout::plain && (y.shape.rank < 1 || y.shape.rank > 4)) {
        return false;
    }
    for (int i = 0; i < s.x.count; ++i) {
        const tensor_type& x = s.x[i];
        const bool one = x.storage == storage{} && x.shape.count() == 1;
        const bool alike = x.storage.layout == wanted && (wanted == layout::plain || x.shape.rank == y.shape.rank);
        if (!one && !alike) {
            return false;
        }
    }
    return true;
}

/// The operand over which the result may be written: same elements in the same places, none of them read twice. Or -1.
constexpr int overwritten_operand(const elementwise_spec& s, const tensor_type& y)
{
    for (int i = 0; i < s.x.count && stored_alike(s, y); ++i) {
        if (s.x[i] == y) {
            return i;
        }
    }
    return -1;
}

namespace detail {

/// An image in blocks where an operand already is, and every operand is whole or one number per channel.
constexpr layouts continue_blocks(const operand_list& x, const tensor_type& y)
{
    const shape& out = y.shape;
    const auto fits = [&](const tensor_type& t) {
        const shape& s = t.shape;
        return s == out || (s.rank == out.rank && s[1] == out[1] && s.count() == out[1]);
    };
    const bool all_fit =
        reads_blocks(x) && is_image(y) && std::all_of(x.types.begin(), x.types.begin() + x.count, fits);
    return all_fit ? uniform(in_blocks) : layouts{};
}

}  // namespace detail

constexpr layouts wanted_layouts(const elementwise_spec& s, const layer_context&)
{
    const tensor_type y = result(s);
    const bool on_floats = works_on_vectors(s.compute) && y.element == element::float32;
    return on_floats ? detail::continue_blocks(s.x, y) : layouts{};
}

}  // namespace cameo::inline CAMEO_TARGET
