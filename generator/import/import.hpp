// Declares import(), which turns an ONNX model into a typed graph or a list of diagnostics.
#pragma once
#include "custom/custom_operations.hpp"
#include "graph/graph.hpp"
#include "import/extents.hpp"
#include "import/training.hpp"
#include "model/model.hpp"
#include "support/failure.hpp"
#include <map>

namespace cameo::generator {

class operator_table;

/// What the user specifies about the model's inputs.
struct bindings {
    std::map<std::string, std::vector<dim>> input_shapes;  ///< --input-shape name:1,3,224,224
    std::map<std::string, dim> dims;                       ///< --dim name=8
    generator::extents extents = extents::known;           ///< what `dims` are
    std::map<std::string, tensor> constants;               ///< --constant input=file.npy
    std::set<std::string> overridable =
        {};  ///< --overridable: inputs with defaults that may be written at run time; "*" for all
    generator::training training = training::refuse;  ///< --inference, --training
    float16_use float16 = float16_use::native;        ///< --float16
    std::map<std::string, dim> bounds = {};           ///< --bound
    custom_operations custom = {};                    ///< --custom
    double budget = 1;               ///< --budget: how often what the generator may usually spend on a model
    std::set<std::string> streamed;  ///< --stream: axes of time, by their names or as input:2
    dim streamed_length = 4099;  ///< of such an axis where the file says none: a prime, which no other extent is likely
                                 ///< to be a multiple of
};

struct import_result {
    generator::graph graph;
    std::vector<diagnostic> diagnostics;   ///< empty: the graph is whole
    std::map<std::string, value*> values;  ///< by the names of the file; null what could not be made
};

/// An axis of an input whose extent neither the file nor the user specifies.
struct open_axis {
    std::string name;  ///< its own, or INPUT_AXIS
    std::string input;
    int axis;
};
std::vector<open_axis> open_axes(const model& m, const bindings& b);

/// Imports every node, in topological order, as the operators of the table. Collects every diagnostic instead of
/// stopping at the first.
import_result import(const model& m, const bindings& b, const operator_table& operators);

}  // namespace cameo::generator
