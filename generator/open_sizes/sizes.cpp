// Compares the graphs of a model at several sizes of its open axes, and returns one graph in which what differs depends
// on template parameters.
#include "open_sizes/sizes.hpp"
#include "open_sizes/comparison.hpp"
#include "open_sizes/kept_layers.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

/// Records which axes of the inputs and states are template parameters.
void open(graph& g, const std::vector<open_axis>& axes, const size_samples& sizes)
{
    g.parameters = sizes.parameters();
    const auto name_axes = [&](const value* v) {
        for (const open_axis& a : axes) {
            if (a.input == v->name) {
                g.open_axes[v][a.axis] = {sizes.of_axis(a.name).name};
            }
        }
    };
    std::ranges::for_each(g.inputs, name_axes);
    for (const recurrent_state& f : g.states()) {
        name_axes(f.current);
    }
}

/// The graph of the first sizes, in which these constants stay layers, compared with those of other sizes.
graph compared(const size_samples& sizes, const std::vector<axis_extents>& others, const node_positions& layers,
    const std::function<void(graph&)>& rewrite)
{
    const auto rewritten = [&](const axis_extents& at) {
        graph g = sizes.made(at);
        keep_as_layers(g, layers);
        rewrite(g);
        return g;
    };
    graph first = rewritten(sizes.first());
    comparison all(first, sizes);
    for (const axis_extents& at : others) {
        all.add(rewritten(at), at);
    }
    all.express();
    return first;
}

/// Compares graphs in which what follows from constants and differs is expressed, and if that does not do, stays
/// layers.
graph generalized_samples(
    const std::vector<open_axis>& axes, const size_samples& sizes, const std::function<void(graph&)>& rewrite)
{
    const std::vector<axis_extents> others = sizes.others();
    const auto layers = [&](kept which) {
        graph a = sizes.made(sizes.first()), b = sizes.made(others.back());
        return nodes_that_differ(a, b, which);
    };
    const auto with_layers = [&](kept which) {
        graph g = compared(sizes, others, which == kept::none ? node_positions{} : layers(which), rewrite);
        open(g, axes, sizes);
        return g;
    };
    for (const kept which : {kept::none, kept::large}) {
        try {
            return with_layers(which);
        } catch (const refusal&) {
            continue;
        }
    }
    return with_layers(kept::all);
}

}  // namespace

graph generalized(
    const std::vector<open_axis>& axes, const import_at& import, const std::function<void(graph&)>& rewrite)
{
    try {
        return generalized_samples(axes, size_samples(axes, import, extents::sample), rewrite);
    } catch (const refusal&) {  // perhaps because loops were unrolled, as often as shapes say
        return generalized_samples(axes, size_samples(axes, import, extents::sample_for_loops), rewrite);
    }
}

}  // namespace cameo::generator
