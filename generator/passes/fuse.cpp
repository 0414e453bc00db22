// Bookkeeping for passes that fuse nodes: use counts, sole producers, positions and origins.
#include "passes/fuse.hpp"

namespace cameo::generator {

void append_origins(node& to, const node& from)
{
    to.origins.insert(to.origins.end(), from.origins.begin(), from.origins.end());
}

void prepend_origins(node& to, const node& from)
{
    to.origins.insert(to.origins.begin(), from.origins.begin(), from.origins.end());
}

use_counts::use_counts(const graph& g)
{
    for (const auto& n : g.nodes) {
        count(*n, 1);
    }
    constexpr int many = 1 << 30;
    for (const value* v : g.outputs) {
        counts_[v] = many;
    }
    for (const recurrent_state& f : g.states) {
        if (f.next) {
            counts_[f.next] = many;
        }
    }
}

int use_counts::of(const value* v) const
{
    const auto found = counts_.find(v);
    return found == counts_.end() ? 0 : found->second;
}

void use_counts::count(const node& n, int by)
{
    for (const value* v : n.operands) {
        if (v) {
            count(v, by);
        }
    }
}

void use_counts::count(const value* v, int by) { counts_[v] += by; }

fusion::fusion(graph& g) : graph_(g), uses_(g)
{
    for (std::size_t i = 0; i < g.nodes.size(); ++i) {
        positions_[g.nodes[i].get()] = i;
    }
}

node* fusion::sole_producer(const value* v) const
{
    return v && v->producer && uses_.of(v) == 1 ? v->producer : nullptr;
}

void fusion::remove(std::size_t at)
{
    uses_.count(*graph_.nodes[at], -1);
    graph_.nodes[at].reset();
}

void fusion::put(std::size_t at, std::unique_ptr<node> n)
{
    remove(at);
    uses_.count(*n, 1);
    positions_[n.get()] = at;
    graph_.nodes[at] = std::move(n);
}

void fusion::move(std::size_t from, std::size_t to)
{
    remove(to);
    graph_.nodes[to] = std::move(graph_.nodes[from]);
    positions_[graph_.nodes[to].get()] = to;
}

}  // namespace cameo::generator
