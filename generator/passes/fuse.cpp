#include "passes/fuse.hpp"
#include <algorithm>

namespace cameo::generator {

node* sole_producer(const graph& g, const std::map<const value*, int>& uses, const value* v)
{
    const auto count = uses.find(v);
    return v && v->producer && count != uses.end() && count->second == 1 && !g.is_kept(v) ? v->producer : nullptr;
}

std::size_t position(const graph& g, const node* n)
{
    const auto found = std::find_if(g.nodes.begin(), g.nodes.end(), [&](const auto& candidate) { return candidate.get() == n; });
    return static_cast<std::size_t>(found - g.nodes.begin());
}

void append_origins(node& to, const node& from) { to.origins.insert(to.origins.end(), from.origins.begin(), from.origins.end()); }

void prepend_origins(node& to, const node& from) { to.origins.insert(to.origins.begin(), from.origins.begin(), from.origins.end()); }

}  // namespace cameo::generator
