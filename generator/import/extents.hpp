// Whether the extents of a graph are those of every run, or a sample of what open axes may be.
#pragma once

namespace cameo::generator {

enum class extents {
    known,
    sample,            ///< the network settles what it can: pads that depend on extents, for instance
    sample_for_loops,  ///< the same, and loops whose trip count follows from shapes stay loops
};

}  // namespace cameo::generator
