// Refuses constant indices (Gather, ScatterElements, …) that are out of range for their axes.
#include "import/indices.hpp"
#include "import/source_node.hpp"

namespace cameo::generator {

void require_indices_inside(const value& indices, const std::vector<dim>& extents)
{
    if (!indices.data) {
        return;
    }
    std::size_t k = 0;
    for (const dim i : integers(*indices.data)) {
        const dim extent = extents[k++ % extents.size()];
        if (i < -extent || i >= extent) {
            throw unsupported("index {} is out of range for an axis of {}", i, extent);
        }
    }
}

}  // namespace cameo::generator
