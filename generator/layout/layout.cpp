// Chooses how every value lies in memory, inserts reorders where producer and reader differ, and widens halos.
#include "layout/layout.hpp"
#include "graph/dump.hpp"
#include "layout/halos.hpp"
#include "layout/rings.hpp"
#include "memory_plan/memory_plan.hpp"
#include <algorithm>
#include <cameo/core/type_name.hpp>
#include <cameo/op/reorder.hpp>

namespace cameo::generator {

namespace {

/// The copies of a value by their layout.
using stored_copies = std::map<std::pair<const value*, layout>, value*>;

/// Gives a constant operand the storage that a reader wants, as a copy if another reader wants it otherwise.
value* stored_constant(graph& g, value* v, const storage& wanted, stored_copies& copies)
{
    if (v->type.storage == wanted) {
        return v;
    }
    value*& copy = copies[{v, wanted.layout}];
    if (!copy || copy->type.storage != wanted) {
        g.left->spend(v->type.shape.count(), static_cast<dim>(bytes(v->type.stored(wanted))));
        copy = g.add_constant(v->name, stored(*v->data, wanted));
    }
    return copy;
}

/// Returns the value in another storage: a reorder before the reader, or at the end, shared by all readers that want
/// the same.
value* reordered(graph& g, value* v, const storage& wanted, const node* reader, stored_copies& copies)
{
    value*& copy = copies[{v, wanted.layout}];
    if (copy) {
        return copy;
    }
    auto n = make_node<reorder_spec>({}, {v->name, "reorder", g.opset}, {v});
    copy = g.add_value(v->name, v->type.stored(wanted));
    n->set_results({copy});
    reader ? g.insert_before(*reader, std::move(n)) : g.append(std::move(n));
    return copy;
}

/// What the kernel of a node wants, given how its operands lie so far. Channels that are whole blocks at one size may
/// be no whole ones at another.
layouts layouts_of(const node& n)
{
    if (n.varies_along(1)) {
        return {};
    }
    layer_context c;
    for (std::size_t k = 0; k < c.is_fixed.size(); ++k) {
        c.is_fixed[k] = n.constant_or_absent(k);
        c.is_read[k] = k < n.results().size() && n.results()[k];
    }
    return n.op->layouts_of(n.operand_types(), c);
}

/// Plans the bodies of layers, and records how much memory they need.
void plan_bodies(graph& g)
{
    for (const auto& n : g.nodes()) {
        std::size_t bytes = 0;
        for (graph* body : n->op->bodies()) {
            choose_layouts(*body);
            bytes = std::max(bytes, plan_memory(*body).bytes);
        }
        if (!n->op->bodies().empty()) {
            n->results().back()->type = memory_type(bytes);
        }
    }
}

}  // namespace

void choose_layouts(graph& g)
{
    plan_bodies(g);
    plan_rings(g);
    stored_copies copies;
    for (const auto& each : g.nodes()) {
        node& n = *each;
        const layouts wanted = layouts_of(n);
        for (std::size_t k = 0; k < n.operands().size(); ++k) {
            value* v = n.operand(k);
            if (!v) {
                continue;
            }
            const storage& s = wanted.operands[k];
            if (v->data) {
                n.set_operand(k, stored_constant(g, v, s, copies));
            } else if (v->type.storage.layout != s.layout || cannot_have_halo(n, k)) {
                n.set_operand(k, reordered(g, v, s, &n, copies));
            }
        }
        for (std::size_t k = 0; k < n.results().size(); ++k) {
            if (n.result(k) && !n.op->is_scratch(k)) {
                n.result(k)->type.storage = wanted.result;
            }
        }
    }
    const auto plain = [&](value* v) {
        return v && v->type.storage != storage{} ? reordered(g, v, {}, nullptr, copies) : v;
    };
    for (std::size_t k = 0; k < g.outputs().size(); ++k) {
        g.set_output(k, plain(g.outputs()[k]));
    }
    for (std::size_t k = 0; k < g.states().size(); ++k) {
        g.set_next(k, plain(g.states()[k].next));
    }
    widen_halos(g);
}

namespace {

std::string storage_text(const storage& s)
{
    std::string text = words(s.layout);
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
            v ? fmt::format("{}:{} {}", printable(v->name), to_string(v->type), storage_text(v->type.storage)) : "-");
    }
    return text;
}

}  // namespace cameo::generator
