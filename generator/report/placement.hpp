// Declares the order and the coordinates of nodes within the rows of a drawing.
#pragma once
#include "report/layering.hpp"

namespace cameo::generator {

/// Orders the nodes in rows so that few lines cross: each moves to the mean place of its neighbours in other rows
/// (Sugiyama, Tagawa, Toda 1981).
void order_rows(layering& l);

/// Distances between the centres of neighbours: of two nodes, of two bends; of a node and a bend, half of each.
struct spacing {
    double nodes = 0, bends = 0;
};

/// Returns the horizontal centre of each node and bend, 0 at the left: the least squares of their distances to what
/// they are connected to, subject to order and spacing.
std::vector<double> place_in_rows(const layering& l, const spacing& s);

}  // namespace cameo::generator
