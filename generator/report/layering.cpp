// Assigns the nodes of a graph to rows, and splits long edges by bends (the layers of Sugiyama's method).
#include "report/layering.hpp"
#include <algorithm>
#include <limits>
#include <map>

namespace cameo::generator {

namespace {

std::vector<std::size_t> rows_of(std::size_t nodes, const std::vector<edge>& edges)
{
    constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
    std::vector<std::size_t> row(nodes, 0), first_reader(nodes, none);
    std::vector<bool> is_source(nodes, true);
    for (const edge& e : edges) {
        row[e.to] = std::max(row[e.to], row[e.from] + 1);
        is_source[e.to] = false;
    }
    for (const edge& e : edges) {
        first_reader[e.from] = std::min(first_reader[e.from], row[e.to]);
    }
    for (std::size_t v = 0; v < nodes; ++v) {
        if (is_source[v] && first_reader[v] != none) {
            row[v] = first_reader[v] - 1;
        }
    }
    return row;
}

void connect(layering& l, std::size_t upper, std::size_t lower)
{
    l.below[upper].push_back(lower);
    l.above[lower].push_back(upper);
}

std::size_t add_bend(layering& l, std::size_t row)
{
    l.row.push_back(row);
    l.above.emplace_back();
    l.below.emplace_back();
    return l.row.size() - 1;
}

}  // namespace

layering in_rows(std::size_t nodes, const std::vector<edge>& edges)
{
    layering l{.nodes = nodes, .row = rows_of(nodes, edges), .rows = {}, .above{}, .below{}, .routes{}};
    l.above.resize(nodes);
    l.below.resize(nodes);
    std::map<std::size_t, std::vector<std::size_t>> bends;  // of a node, in the rows after its own
    for (const edge& e : edges) {
        std::vector<std::size_t>& chain = bends[e.from];
        std::vector<std::size_t>& route = l.routes.emplace_back(1, e.from);
        for (std::size_t k = 0; l.row[e.from] + 1 + k < l.row[e.to]; ++k) {
            if (k == chain.size()) {
                chain.push_back(add_bend(l, l.row[e.from] + 1 + k));
                connect(l, route.back(), chain.back());
            }
            route.push_back(chain[k]);
        }
        connect(l, route.back(), e.to);
        route.push_back(e.to);
    }
    for (std::size_t v = 0; v < l.row.size(); ++v) {
        if (l.row[v] >= l.rows.size()) {
            l.rows.resize(l.row[v] + 1);
        }
        l.rows[l.row[v]].push_back(v);
    }
    return l;
}

}  // namespace cameo::generator
