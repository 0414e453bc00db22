#include "passes/passes.hpp"
#include "support/failure.hpp"
#include <algorithm>

namespace cameo::generator {

const std::vector<pass>& passes()
{
    static const std::vector<pass> list{
        {"fold-constants", fold_constants},
        {"remove-dead-nodes", remove_dead_nodes},
        {"find-histories", find_histories, true},
        {"fold-scale-shift", fold_scale_shift, true},
        {"inline-scalars", inline_scalars},
        {"find-lrn", find_lrn, true},
        {"fuse-elementwise", fuse_elementwise, true},
        {"quantize", quantize, true},
        {"fold-weights", fold_weights},
        {"fuse-epilogue", fuse_epilogue, true},
        {"transpose-weights", transpose_weights},
        {"select-channels", select_channels, true},
        {"winograd", use_winograd, true},
        {"separate-outputs", separate_outputs},
    };
    return list;
}

void run_passes(graph& g, const pass_options& options)
{
    for (const std::string& name : options.skip)
        if (std::none_of(passes().begin(), passes().end(), [&](const pass& p) { return p.name == name; })) {
            std::string known;
            for (const pass& p : passes()) known += fmt::format("{}{}", known.empty() ? "" : ", ", p.name);
            throw failure("--skip-pass {}: there is no such pass; there are {}", name, known);
        }
    for (const pass& p : passes())
        if (!options.skip.contains(std::string(p.name)) && (options.fuse || !p.fuses)) p.run(g);
}

}  // namespace cameo::generator
