// Lists the rewrites of `cameo simplify` in the order in which each round applies them.
#include "simplify/rewrites.hpp"

namespace cameo::generator {

const std::vector<rewrite>& rewrites()
{
    static const std::vector<rewrite> list{
        {"inline-constant-ifs", inline_constant_ifs},
        {"lift-constants", lift_constants},
        {"fold-constants", fold_constants},
        {"remove-identities", remove_identities},
        {"merge-equal-initializers", merge_equal_initializers},
        {"merge-equal-nodes", merge_equal_nodes},
        {"merge-reshapes", merge_reshapes},
        {"merge-transposes", merge_transposes},
        {"merge-concats", merge_concats},
        {"merge-factors", merge_factors, true},
        {"fuse-pads", fuse_pads, true},
        {"fuse-gemm", fuse_gemm, true},
        {"fuse-scale-shift", fuse_scale_shift, true},
        {"remove-dead-nodes", remove_dead_nodes},
    };
    return list;
}

}  // namespace cameo::generator
