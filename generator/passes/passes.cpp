// Lists the passes in the order in which they run, and runs them on a graph and its bodies.
#include "passes/passes.hpp"
#include "graph/verify.hpp"
#include "support/skipped_passes.hpp"

namespace cameo::generator {

namespace {

/// Adapts a pass that takes no options.
template <void (*Run)(graph&)>
void always(graph& g, const pass_options&)
{
    Run(g);
}

}  // namespace

const std::vector<pass>& passes()
{
    static const std::vector<pass> list{
        {"release-captured", always<release_captured>},
        {"keep-float32", always<keep_float32>, true},
        {"fold-constants", always<fold_constants>},
        {"remove-dead-nodes", always<remove_dead_nodes>},
        {"find-histories", always<find_histories>, true, true},
        {"fuse-pad", always<fuse_pad>, true},
        {"fold-scale-shift", always<fold_scale_shift>, true},
        {"inline-scalars", always<inline_scalars>},
        {"find-lrn", always<find_lrn>, true},
        {"fuse-elementwise", always<fuse_elementwise>, true},
        {"quantize", always<quantize>, true},
        {"fast-math", use_fast_math},
        {"fuse-dequantize", always<fuse_dequantize>, true},
        {"fold-weights", always<fold_weights>},
        {"fuse-epilogue", always<fuse_epilogue>, true},
        {"transpose-weights", always<transpose_weights>},
        {"narrow-weights", always<narrow_weights>},
        {"select-channels", always<select_channels>, true, false, when::sizes_may_be_open},
        {"winograd", use_winograd, true, false, when::sizes_may_be_open},
        {"separate-outputs", always<separate_outputs>, false, false, when::sizes_may_be_open},
    };
    return list;
}

namespace {

bool is_chosen(const pass& p, const graph& g, const pass_options& options)
{
    return !options.skip.contains(std::string(p.name)) && (options.fuse || !p.fuses) && !(g.is_nested && p.of_runs);
}

}  // namespace

void run_passes(graph& g, const pass_options& options, when now)
{
    require_passes(options.skip, passes());
    for (const auto& n : g.nodes()) {
        for (graph* body : n->op->bodies()) {
            run_passes(*body, options, now);
        }
    }
    for (const pass& p : passes()) {
        if (p.when == now && is_chosen(p, g, options)) {
            p.run(g, options);
            verify_in_debug(g, p.name);
            if (options.after && !g.is_nested) {
                options.after(p.name, g);
            }
        }
    }
}

void run_passes(graph& g, const pass_options& options)
{
    run_passes(g, options, when::sizes_are_fixed);
    run_passes(g, options, when::sizes_may_be_open);
}

}  // namespace cameo::generator
