// Imports Tile with constant repeats; repeats of 1 vanish.
#include "import/operator_table.hpp"
#include <algorithm>
#include <cameo/op/tile.hpp>

namespace cameo::generator {

namespace {

void import_tile(source_node& n)
{
    n.required_operand(1);
    const shape repeats = to_shape(n.constant_integers(1, "repeats"));
    const bool once =
        std::all_of(repeats.extent.begin(), repeats.extent.begin() + repeats.rank, [](dim r) { return r == 1; });
    if (once && repeats.rank == n.type(0).shape.rank) {
        return n.set_result(0, n.required_operand(0));
    }
    n.become<tile_spec>({repeats}, {n.required_operand(0)});
}

}  // namespace

void add_tile(operator_table& table) { table.add<tile_spec>("Tile", {6, 13}, import_tile, "`repeats` is constant"); }

}  // namespace cameo::generator
