#include "passes/fuse.hpp"
#include <algorithm>

namespace cameo::generator {

void append_origins(node& to, const node& from) { to.origins.insert(to.origins.end(), from.origins.begin(), from.origins.end()); }

void prepend_origins(node& to, const node& from) { to.origins.insert(to.origins.begin(), from.origins.begin(), from.origins.end()); }

fusion::fusion(graph& g) : graph_(g)
{
    for (std::size_t i = 0; i < g.nodes.size(); ++i) {
        positions_[g.nodes[i].get()] = i;
        count(*g.nodes[i], 1);
    }
    constexpr int many = 1 << 30;
    for (const value* v : g.outputs) uses_[v] = many;
    for (const feedback& f : g.states)
        if (f.next) uses_[f.next] = many;
}

void fusion::count(const node& n, int by)
{
    for (const value* v : n.operands)
        if (v) uses_[v] += by;
}

node* fusion::sole_producer(const value* v) const
{
    if (!v || !v->producer) return nullptr;
    const auto found = uses_.find(v);
    return found != uses_.end() && found->second == 1 ? v->producer : nullptr;
}

void fusion::remove(std::size_t at)
{
    count(*graph_.nodes[at], -1);
    graph_.nodes[at].reset();
}

void fusion::put(std::size_t at, std::unique_ptr<node> n)
{
    remove(at);
    count(*n, 1);
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
