// The model becomes a typed graph.
#pragma once
#include "graph/graph.hpp"
#include "model/model.hpp"
#include "support/failure.hpp"
#include <map>

namespace cameo::generator {

/// What the user says of the model's inputs.
struct bindings {
    std::map<std::string, std::vector<dim>> input_shapes;  ///< --input-shape name:1,3,224,224
    std::map<std::string, dim> dims;                       ///< --dim name=8
    std::map<std::string, tensor> constants;               ///< --constant input=file.npy
};

struct import_result {
    generator::graph graph;
    std::vector<obstacle> obstacles;  ///< empty: the graph is whole
};

/// Imports every node, in an order in which they can run, and collects every obstacle rather than stop at the first.
import_result import(const model& m, const bindings& b);

}  // namespace cameo::generator
