// BatchNormalization and Dropout in training mode → their inference form (--inference).
#include "simplify/attributes.hpp"
#include "simplify/simplify.hpp"

namespace cameo::generator {

/// Writes the choice of --inference into the file: BatchNormalization uses its running statistics, Dropout drops
/// nothing.
void choose_inference(onnx::GraphProto& g)
{
    for (auto& n : *g.mutable_node()) {
        if (is(n, "BatchNormalization")) {
            erase_attribute(n, "training_mode");
            n.mutable_output()->DeleteSubrange(1, n.output_size() - 1);
        }
        if (is(n, "Dropout") && n.input_size() == 3) {
            n.mutable_input()->RemoveLast();
        }
    }
}

}  // namespace cameo::generator
