// Halos: the zeros that windows read around a value become part of its memory.
#include "layout/halos.hpp"
#include "support/failure.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

/// The largest halo around any of the sides.
halo join(const halo& a, const halo& b)
{
    return {std::max(a.top, b.top), std::max(a.left, b.left), std::max(a.bottom, b.bottom), std::max(a.right, b.right)};
}

/// A ring, or a window into one, has no zeros around it.
bool in_ring(const value* v) { return v->is_state || v->type.storage.pitch != 0; }

bool may_have_halo(const value* v)
{
    return !in_ring(v) && (is_blocked(v->type) || v->type.storage.layout == layout::row_major_padded);
}

/// Gives one halo to values that may share memory: what any of them needs. True where that widens one.
bool unite(const node& n, std::map<value*, halo>& needed)
{
    if (!n.op->shares_operands(n.operand_types())) {
        return false;
    }
    std::vector<value*> all{n.result()};
    for (value* v : n.operands()) {
        if (!v->data) {
            all.push_back(v);
        }
    }
    if (!std::all_of(all.begin(), all.end(), may_have_halo)) {
        return false;
    }
    halo common{};
    for (value* v : all) {
        common = join(common, needed[v]);
    }
    bool widened = false;
    for (value* v : all) {
        widened = std::exchange(needed[v], common) != common || widened;
    }
    return widened;
}

/// The zeros that a node reads around operand k.
halo halo_needed(const node& n, std::size_t k)
{
    const bool has_room = k == 0 && n.operand(0)->type.storage.layout != layout::plain;
    return has_room ? n.op->halo_of(n.operand_types()) : halo{};
}

/// What a reader needs at every size: the last windows read further at some. Steps of windows and tiles are far smaller
/// than the sizes tried.
halo halo_at_all_sizes(const node& n, std::size_t k)
{
    shape& extents = n.operands()[k]->type.shape;
    const shape sample = extents;
    halo needed{};
    for (dim more = 0; more < 128; ++more) {
        for (int axis = 2; axis < extents.rank; ++axis) {
            extents[axis] = sample[axis] + more;
        }
        needed = join(needed, halo_needed(n, k));
    }
    extents = sample;
    return needed;
}

}  // namespace

void widen_halos(graph& g)
{
    std::map<value*, halo> needed;
    for (const auto& n : g.nodes()) {
        for (std::size_t k = 0; k < n->operands().size(); ++k) {
            if (value* v = n->operands()[k]; v && !v->data) {
                const halo of_reader = g.parameters.empty() || k > 0 ? halo_needed(*n, k) : halo_at_all_sizes(*n, k);
                needed[v] = join(needed[v], of_reader);
                if (of_reader != halo{}) {
                    v->type.storage.fill = n->op->fill_of(n->operand_types());
                }
            }
        }
    }
    for (bool widened = true; widened;) {
        widened = false;
        // Both ways: a long chain takes two rounds and not as many as it has nodes.
        for (const auto& n : g.nodes()) {
            widened = unite(*n, needed) || widened;
        }
        std::for_each(
            g.nodes().rbegin(), g.nodes().rend(), [&](const auto& n) { widened = unite(*n, needed) || widened; });
    }
    constexpr std::size_t largest = std::size_t{1} << 45;  // sums of these do not overflow
    for (auto& [v, h] : needed) {
        if (may_have_halo(v)) {
            v->type.storage.halo = h;
        }
        if (bytes(v->type) > largest) {
            throw failure("value '{}': {} is too large with the {} x {} zeros that windows read around it",
                printable(v->name), to_string(v->type), h.top + h.bottom, h.left + h.right);
        }
    }
}

bool cannot_have_halo(const node& n, std::size_t k)
{
    return n.operands()[k]->type.storage.pitch != 0 && halo_needed(n, k) != halo{};
}

}  // namespace cameo::generator
