// Pad with zeros, then Conv → a Conv with larger pads, which reads what Pad read.
#include "passes/passes.hpp"
#include <algorithm>
#include <cameo/op/conv.hpp>
#include <cameo/op/pad.hpp>

namespace cameo::generator {

namespace {

/// Returns the Pad before a convolution, if it puts zeros around the spatial axes and does no more.
const node* padding(const node& conv)
{
    const node* pad = conv.operand<&conv_spec::x>()->producer();
    const pad_attributes* a = pad ? pad->attributes_of<pad_spec>() : nullptr;
    if (!a || a->mode != pad_mode::constant || !is_zero(pad->operand<&pad_spec::value>()) || pad->result()->extent) {
        return nullptr;
    }
    for (int axis = 0; axis < a->begin.rank; ++axis) {
        if (std::min(a->begin[axis], a->end[axis]) < 0 || (axis < 2 && a->begin[axis] + a->end[axis] > 0)) {
            return nullptr;
        }
    }
    return pad;
}

/// Returns a window over x that sees what `w` sees over the result of Pad.
window with_pads(const window& w, const pad_attributes& pad)
{
    window sum = w;
    sum.pads_begin = sum.pads_end = {};
    for (int a = 0; a < pad.begin.rank - 2; ++a) {
        sum.pads_begin.append(saturating_sum(w.pad_begin(a), pad.begin[a + 2]));
        sum.pads_end.append(saturating_sum(w.pad_end(a), pad.end[a + 2]));
    }
    return sum;
}

}  // namespace

/// Lets each convolution put the zeros around its input itself.
void fuse_pad(graph& g)
{
    for (const auto& n : g.nodes()) {
        conv_attributes* a = n->attributes_of<conv_spec>();
        if (!a || !a->window.is_settled()) {
            continue;
        }
        for (const node* pad = padding(*n); pad; pad = padding(*n)) {
            a->window = with_pads(a->window, *pad->attributes_of<pad_spec>());
            n->set_operand<&conv_spec::x>(pad->operand<&pad_spec::x>());
            prepend_origins(*n, *pad);
        }
    }
    remove_dead_nodes(g);
}

}  // namespace cameo::generator
