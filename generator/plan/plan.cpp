// Chooses how every value lies in memory, inserts reorders where producer and reader differ, and widens halos.
#include "plan/plan.hpp"
#include "plan/memory.hpp"
#include "plan/rings.hpp"
#include "plan/storage.hpp"
#include "support/failure.hpp"
#include <algorithm>
#include <cameo/core/type_name.hpp>
#include <cameo/op/reorder.hpp>
#include <set>

namespace cameo::generator {

namespace {

/// The copies of a value by their layout.
using stored_copies = std::map<std::pair<const value*, arrangement>, value*>;

/// Gives a constant operand the storage that a reader wants, as a copy if another reader wants it otherwise.
value* stored_constant(graph& g, value* v, const storage& wanted, stored_copies& copies)
{
    if (v->type.storage == wanted) {
        return v;
    }
    value*& copy = copies[{v, wanted.arrangement}];
    if (!copy || copy->type.storage != wanted) {
        g.left->spend(v->type.shape.count(), static_cast<dim>(bytes(v->type.stored(wanted))));
        copy = g.add_constant(v->name, stored(*v->data, wanted));
    }
    return copy;
}

/// Returns the value in another storage: a reorder after its producer, shared by all readers that want the same.
value* reordered(graph& g, value* v, const storage& wanted, std::size_t& at, stored_copies& copies)
{
    value*& copy = copies[{v, wanted.arrangement}];
    if (copy) {
        return copy;
    }
    auto n = make_node<reorder_spec>({}, {v->name, "reorder", g.opset}, {v});
    copy = g.add_value(v->name, v->type.stored(wanted));
    n->results = {copy};
    g.insert(at++, std::move(n));
    return copy;
}

/// Returns the larger halo on each side.
halo join(const halo& a, const halo& b)
{
    return {std::max(a.top, b.top), std::max(a.left, b.left), std::max(a.bottom, b.bottom), std::max(a.right, b.right)};
}

/// Tells whether a value is a ring, or a window into one: there are no zeros around it.
bool in_ring(const value* v) { return v->is_state || v->type.storage.pitch != 0; }

/// Tells whether operand k needs zeros around it but cannot have them.
bool lacks_halo(const node& n, std::size_t k)
{
    return n.operands[k]->type.storage.pitch != 0 && halo_needed(n, k) != halo{};
}

bool may_have_halo(const value* v)
{
    return !in_ring(v) && (is_blocked(v->type) || v->type.storage.arrangement == arrangement::framed);
}

/// Gives values that may share memory the same halo, as large as any of them needs. Returns true if that widens one.
bool unite(const node& n, std::map<value*, halo>& needed)
{
    if (!shares_memory(n)) {
        return false;
    }
    std::vector<value*> all{n.results[0]};
    for (value* v : n.operands) {
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

/// Returns the halo that a reader needs at every size: the last windows reach further at some. Steps of windows and
/// tiles are far smaller than the range tried.
halo halo_at_all_sizes(const node& n, std::size_t k)
{
    shape& extents = n.operands[k]->type.shape;
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

/// Widens the halo of every value to what its readers' windows need. Readers accept a wider one.
void widen_halos(graph& g)
{
    std::map<value*, halo> needed;
    for (const auto& n : g.nodes) {
        for (std::size_t k = 0; k < n->operands.size(); ++k) {
            if (value* v = n->operands[k]; v && !v->data) {
                const halo of_reader = g.parameters.empty() || k > 0 ? halo_needed(*n, k) : halo_at_all_sizes(*n, k);
                needed[v] = join(needed[v], of_reader);
                if (of_reader != halo{}) {
                    v->type.storage.fill = halo_fill(*n);
                }
            }
        }
    }
    for (bool widened = true; widened;) {
        widened = false;
        // The nodes are visited in both directions, so that a long chain takes two rounds instead of as many as it has
        // nodes.
        for (const auto& n : g.nodes) {
            widened = unite(*n, needed) || widened;
        }
        std::for_each(g.nodes.rbegin(), g.nodes.rend(), [&](const auto& n) { widened = unite(*n, needed) || widened; });
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

/// Plans the bodies of layers, and records how much memory they need.
void plan_bodies(graph& g)
{
    for (const auto& n : g.nodes) {
        std::size_t bytes = 0;
        for (graph* body : n->op->bodies()) {
            plan(*body);
            bytes = std::max(bytes, plan_memory(*body).bytes);
        }
        if (!n->op->bodies().empty()) {
            n->results.back()->type = memory_type(bytes);
        }
    }
}

}  // namespace

void plan(graph& g)
{
    plan_bodies(g);
    plan_rings(g);
    stored_copies copies;
    for (std::size_t i = 0; i < g.nodes.size(); ++i) {
        node& n = *g.nodes[i];
        const node_storage wanted = choose_storage(n);
        for (std::size_t k = 0; k < n.operands.size(); ++k) {
            value*& v = n.operands[k];
            if (!v) {
                continue;
            }
            const storage& s = wanted.operands[k];
            if (v->data) {
                v = stored_constant(g, v, s, copies);
            } else if (v->type.storage.arrangement != s.arrangement || lacks_halo(n, k)) {
                v = reordered(g, v, s, i, copies);
            }
        }
        const node& planned = *g.nodes[i];
        for (std::size_t k = 0; k < planned.results.size(); ++k) {
            if (planned.results[k] && !planned.op->is_scratch(k)) {
                planned.results[k]->type.storage = wanted.result;
            }
        }
    }
    const auto make_plain = [&](value*& v) {
        std::size_t end = g.nodes.size();
        if (v && v->type.storage != storage{}) {
            v = reordered(g, v, {}, end, copies);
        }
    };
    for (value*& output : g.outputs) {
        make_plain(output);
    }
    for (feedback& f : g.states) {
        make_plain(f.next);
    }
    widen_halos(g);
}

namespace {

std::string to_text(const storage& s)
{
    std::string text = words(s.arrangement);
    if (const halo& h = s.halo; h != halo{}) {
        text += fmt::format(" halo {},{},{},{}", h.top, h.left, h.bottom, h.right) +
                (s.fill ? fmt::format(" of {}", s.fill) : "");
    }
    if (s.pitch) {
        text += fmt::format(" pitch {}", s.pitch);
    }
    return text;
}

}  // namespace

std::string dump_plan(const graph& g)
{
    const memory plan = plan_memory(g);
    std::string text = dump(g) + fmt::format("memory of {} bytes: step, offset, bytes, last use, value\n", plan.bytes);
    for (std::size_t step = 0; step < plan.schedule.size(); ++step) {
        const value* v = plan.schedule[step];
        const int owner = plan.owner[step];
        text += fmt::format("{:4} {:8} {:8} {:4}  {}\n", step, plan.offset[step], plan.size[step],
            plan.last_use[static_cast<std::size_t>(owner)],
            v ? fmt::format("{}:{} {}", printable(v->name), to_string(v->type), to_text(v->type.storage)) : "-");
    }
    return text;
}

}  // namespace cameo::generator
