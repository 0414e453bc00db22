#include "simplify/attributes.hpp"
#include "simplify/simplify.hpp"

namespace cameo::generator {

/// What --inference says becomes a part of the file: BatchNormalization takes the running statistics, Dropout drops
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
