// Draws a network as cards in rows with lines between them: coordinates for the page of `cameo report`.
#include "report/drawing.hpp"
#include "report/placement.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

constexpr double card_width = 184, card_height = 62, gap = 28, row_height = 100, line_gap = 22;

/// The items that are drawn: inputs, states and layers, by their step; outputs and next states, by name.
struct items {
    std::vector<json> nodes;
    std::vector<edge> edges;
    std::map<const value*, std::size_t> of_value;

    std::size_t add(json node)
    {
        nodes.push_back(std::move(node));
        return nodes.size() - 1;
    }
    void connect(const value* v, std::size_t to)
    {
        const auto from = of_value.find(v);
        if (from == of_value.end()) {
            return;  // a constant, or absent
        }
        for (auto e = edges.rbegin(); e != edges.rend() && e->to == to; ++e) {
            if (e->from == from->second) {
                return;
            }
        }
        edges.push_back({from->second, to});
    }
    void add_end(const value* v, std::string_view kind, const std::string& text)
    {
        connect(v, add({{"kind", kind}, {"text", text}}));
    }
};

items items_of(const graph& g, const network_description& network)
{
    items all;
    for (const step_description& d : network.steps) {
        const value* v = network.plan.schedule[static_cast<std::size_t>(d.step)];
        if (v && (v->is_input || v->is_state)) {
            all.of_value[v] = all.add({{"step", d.step}});
        }
        if (!d.layer) {
            continue;
        }
        const std::size_t node = all.add({{"step", d.step}});
        for (const value* result : d.layer->results()) {
            if (result) {
                all.of_value[result] = node;
            }
        }
        for (const value* operand : d.layer->operands()) {
            all.connect(operand, node);
        }
    }
    for (std::size_t k = 0; k < g.outputs().size(); ++k) {
        all.add_end(g.outputs()[k], "output", g.output_names()[k]);
    }
    for (const recurrent_state& f : g.states()) {
        if (f.next) {
            all.add_end(f.next, "next state", f.current->name);
        }
    }
    return all;
}

}  // namespace

json draw(const graph& g, const network_description& network)
{
    items all = items_of(g, network);
    layering rows = in_rows(all.nodes.size(), all.edges);
    order_rows(rows);
    const std::vector<double> x = place_in_rows(rows, {card_width + gap, line_gap});
    const auto point = [&](std::size_t v) {
        return json::array(
            {std::round(x[v] + card_width / 2), static_cast<double>(rows.row[v]) * row_height + card_height / 2});
    };
    for (std::size_t k = 0; k < all.nodes.size(); ++k) {
        all.nodes[k]["at"] = point(k);
    }
    json lines = json::array();
    for (const auto& route : rows.routes) {
        // The ends of a straight vertical line suffice.
        const auto column = [&](std::size_t k) { return std::round(x[route[k]]); };
        json points = json::array();
        for (std::size_t k = 0; k < route.size(); ++k) {
            if (k == 0 || k + 1 == route.size() || column(k - 1) != column(k) || column(k) != column(k + 1)) {
                points.push_back(point(route[k]));
            }
        }
        lines.push_back({{"from", route.front()}, {"to", route.back()}, {"points", points}});
    }
    const double width = x.empty() ? 0 : *std::max_element(x.begin(), x.end()) + card_width;
    return {{"width", width},
        {"height", std::max(0.0, static_cast<double>(rows.rows.size()) * row_height - (row_height - card_height))},
        {"card", {card_width, card_height}}, {"nodes", all.nodes}, {"lines", lines}};
}

}  // namespace cameo::generator
