// The stages of the pipeline, in order: import, state and streaming, passes, sizes, layouts.
#include "compile/compile.hpp"
#include "graph/verify.hpp"
#include "layout/layout.hpp"
#include "op/list.hpp"
#include "open_sizes/sizes.hpp"

namespace cameo::generator {

namespace {

std::string heading_of(const model& m) { return fmt::format("{}: cannot be generated:", m.path.string()); }

/// Import, with the state that the network keeps from run to run.
graph import_with_state(const model& m, const compile_options& options)
{
    options.tell("importing " + printable(m.path.filename().string()));
    import_result imported = import(m, options.bindings, operators());
    if (!imported.diagnostics.empty()) {
        throw refusal(std::move(imported.diagnostics), heading_of(m));
    }
    graph g = std::move(imported.graph);
    verify_in_debug(g, "import");
    bind_states(g, options.states);
    if (options.samples && !g.overridable_inputs.empty()) {
        throw failure("--stream: inputs with defaults cannot be written then: leave out --overridable");
    }
    if (options.samples) {
        stream(g, g.time_axes, *options.samples);
    }
    return g;
}

void rewrite(graph& g, const compile_options& options)
{
    options.tell("rewriting layers");
    run_passes(g, options.passes, when::sizes_are_fixed);
}

/// The graph of extents that are all known.
graph compile_sample(const model& m, const compile_options& options)
{
    graph g = import_with_state(m, options);
    rewrite(g, options);
    return g;
}

/// The graph whose parameters are open axes: samples of several sizes tell how it depends on them.
graph compile_open_sizes(const model& m, const std::vector<open_axis>& axes, const compile_options& options)
{
    try {
        compile_options fixed = options;
        const auto import_at = [&](const axis_extents& sizes, extents kind) {
            fixed.bindings.extents = kind;
            fixed.bindings.dims = options.bindings.dims;
            fixed.bindings.dims.insert(sizes.begin(), sizes.end());
            return import_with_state(m, fixed);
        };
        return generalized(axes, import_at, [&](graph& sample) {
            rewrite(sample, fixed);
            fixed.passes.after = nullptr;  // has been told of one sample
        });
    } catch (const refusal& r) {
        throw refusal(r.diagnostics(), heading_of(m));
    }
}

}  // namespace

graph compile(const model& m, const compile_options& options, stage last)
{
    const std::vector<open_axis> axes = options.open_sizes ? open_axes(m, options.bindings) : std::vector<open_axis>{};
    graph g = axes.empty() ? compile_sample(m, options) : compile_open_sizes(m, axes, options);
    run_passes(g, options.passes, when::sizes_may_be_open);
    if (last == stage::passes) {
        return g;
    }
    options.tell("choosing layouts");
    choose_layouts(g);
    return g;
}

}  // namespace cameo::generator
