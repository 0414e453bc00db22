// Compares what follows from constants in two imports of a model, and keeps what differs from being folded.
#include "open_sizes/kept_layers.hpp"
#include "import/graph_builder.hpp"
#include <algorithm>
#include <cameo/op/dequantize_linear.hpp>
#include <cmath>

namespace cameo::generator {

namespace {

/// Evaluates a node that follows from constants. Dequantized weights stay as they are: integer operators may take them.
bool evaluated(node& n, budget& left) { return !n.attributes_of<dequantize_linear_spec>() && fold(n, left); }

/// Do two results differ, in a way that must be kept?
bool differ(const value* a, const value* b, kept which)
{
    if (!a || !b || (a->type == b->type && a->data->bytes == b->data->bytes)) {
        return false;
    }
    return which == kept::all || a->type != b->type || !is_few_whole_numbers(*a->data) ||
           !is_few_whole_numbers(*b->data);
}

}  // namespace

bool is_few_whole_numbers(const tensor& t)
{
    if (t.type.shape.count() > few_elements) {
        return false;
    }
    return std::ranges::all_of(numbers(t), [](double v) { return std::trunc(v) == v; });
}

node_positions nodes_that_differ(graph& a, graph& b, kept which)
{
    const std::vector<node*> all = nodes_within(a), others = nodes_within(b);
    node_positions found;
    for (std::size_t k = 0; k < std::min(all.size(), others.size()); ++k) {
        node &one = *all[k], &other = *others[k];
        if (one.op->name() != other.op->name()) {
            break;
        }
        const bool both = evaluated(one, *a.left) && evaluated(other, *b.left);
        const auto same = [&](const value* v, const value* w) { return !differ(v, w, which); };
        if (both && !std::ranges::equal(one.results(), other.results(), same)) {
            found.insert(k);
        }
    }
    return found;
}

void keep_as_layers(graph& g, const node_positions& positions)
{
    const std::vector<node*> all = nodes_within(g);
    for (node* n : all) {
        evaluated(*n, *g.left);
    }
    for (const std::size_t k : positions) {
        all[k]->depends_on_sizes = true;
        for (value* v : all[k]->results()) {
            if (v) {
                v->data.reset();
            }
        }
    }
}

}  // namespace cameo::generator
