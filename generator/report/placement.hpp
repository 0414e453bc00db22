// Declares the order and the coordinates of nodes within the rows of a drawing.
#pragma once
#include "report/layering.hpp"

namespace cameo::generator {

/// Changes the order in rows, so that few lines cross: each goes to the mean place of what it is connected to
/// (Sugiyama, Tagawa, Toda 1981).
void order_rows(layering& l);

/// Distances between the centres of neighbours: of two nodes, of two bends; half of each of a node and a bend.
struct spacing {
    double nodes = 0, bends = 0;
};

/// The horizontal centre of each node and bend, 0 at the left: as near to what it is connected to, by squares of
/// distances, as the order and the spacing let it be.
std::vector<double> place_in_rows(const layering& l, const spacing& s);

}  // namespace cameo::generator
