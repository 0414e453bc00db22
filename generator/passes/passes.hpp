// Declares the passes that rewrite a graph. Each has a file and a function of its own.
#pragma once
#include "passes/tuning.hpp"
#include <set>

namespace cameo::generator {

struct pass_options {
    bool fuse = true;
    std::set<std::string> skip = {};                                      ///< --skip-pass
    generator::tuning tuning = {};                                        ///< --tuning
    bool fast_math = false;                                               ///< --math fast
    std::function<void(std::string_view pass, const graph&)> after = {};  ///< is shown the graph after each pass
};

/// Of a network whose sizes are open, samples of fixed sizes run the passes whose results do not depend on the size;
/// the others run once, when sizes have become parameters.
enum class when { sizes_are_fixed, sizes_may_be_open };

struct pass {
    std::string_view name;
    void (*run)(graph&, const pass_options&);
    bool fuses = false;    ///< left out by --no-fuse
    bool of_runs = false;  ///< concerns what a network keeps from run to run: not within loops
    generator::when when = when::sizes_are_fixed;
};

/// Returns the list of passes in their order.
const std::vector<pass>& passes();

/// Runs the passes of one time; those of the graphs that layers hold all at the first.
void run_passes(graph& g, const pass_options& options, when now);
/// Runs all of them.
void run_passes(graph& g, const pass_options& options);

/// Implements --state: makes inputs states of the network, whose next values are outputs, by name; a `*` on both sides
/// stands for the same text in each of many pairs.
void bind_states(graph& g, const std::vector<std::pair<std::string, std::string>>& pairs);

/// Implements --stream: turns a graph of whole sequences into one for `samples` of them at a time, which keeps what it
/// needs of the past as state. `axes` says which axis of an input is time. Throws failure, with the node and the
/// reason, if a result depends on later samples, or if a node is not known to work that way.
void stream(graph& g, const std::map<const value*, int>& axes, dim samples);

void find_histories(graph& g);
void fold_constants(graph& g);
void release_captured(graph& g);
void keep_float32(graph& g);
void remove_dead_nodes(graph& g);
void separate_outputs(graph& g);
void inline_scalars(graph& g);
void fuse_pad(graph& g);
void fold_scale_shift(graph& g);
void transpose_weights(graph& g);
void narrow_weights(graph& g);
void fuse_dequantize(graph& g);
void select_channels(graph& g);
void use_winograd(graph& g, const pass_options& options);
void use_fast_math(graph& g, const pass_options& options);
void find_lrn(graph& g);
void quantize(graph& g);
void fold_weights(graph& g);
void fuse_elementwise(graph& g);
void fuse_epilogue(graph& g);

}  // namespace cameo::generator
