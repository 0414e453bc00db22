// Imports Tile with constant repeats; repeats of 1 vanish.
#include "import/operator_table.hpp"
#include <algorithm>
#include <cameo/op/tile.hpp>

namespace cameo::generator {

namespace {

/// Reads how often the operand is repeated along each axis; in opset 1, along one.
shape repeats_of(const source_node& n)
{
    const std::vector<dim> all = n.constant_integers(1, n.opset() < 6 ? "tiles" : "repeats");
    if (n.opset() >= 6) {
        return to_shape(all);
    }
    const int rank = n.type(0).shape.rank;
    const std::vector<dim> axis = n.constant_integers(2, "axis");
    if (all.size() != 1 || axis.size() != 1) {
        throw unsupported("operands 1 and 2 must be one number, found {} and {}", all.size(), axis.size());
    }
    shape repeats;
    for (int a = 0; a < rank; ++a) {
        repeats.append(1);
    }
    repeats[n.axis(axis[0], rank)] = all[0];
    return repeats;
}

void import_tile(source_node& n)
{
    n.required_operand(1);
    const shape repeats = repeats_of(n);
    const bool once =
        std::all_of(repeats.extent.begin(), repeats.extent.begin() + repeats.rank, [](dim r) { return r == 1; });
    if (once && repeats.rank == n.type(0).shape.rank) {
        return n.set_result(0, n.required_operand(0));
    }
    n.become<tile_spec>({repeats}, {n.required_operand(0)});
}

}  // namespace

void add_tile(operator_table& table) { table.add<tile_spec>("Tile", {1, 6, 13}, import_tile, "`repeats` is constant"); }

}  // namespace cameo::generator
