// Operators that pass a value on: Identity, and Dropout in inference.
#include "import/operator_table.hpp"

namespace cameo::generator {

namespace {

void import_identity(source_node& n) { n.set_result(0, n.need(0)); }

/// Without training the input passes and the mask is true everywhere.
void import_dropout(source_node& n)
{
    n.ignore({"ratio", "seed"});
    const tensor* training = n.opset() >= 12 ? n.constant(2, "training_mode") : nullptr;
    const tensor* ratio = n.opset() >= 12 ? n.constant(1, "ratio") : nullptr;
    if (training && training->as<bool>()[0] && (!ratio || numbers(*ratio)[0] != 0)) throw unsupported("is in training mode: export the model for inference");
    n.set_result(0, n.need(0));
    if (!n.wants(1)) return;
    tensor mask({n.opset() < 10 ? n.type(0).element : element::boolean, n.type(0).shape});
    with_elements(mask, []<class T>(std::span<T> elements) { std::fill(elements.begin(), elements.end(), T(1)); });
    n.set_result(1, n.add_constant(std::move(mask)));
}

}  // namespace

void add_identity(operator_table& table)
{
    table.add("Identity", {1, 13, 14, 16, 19, 21, 23, 24, 25}, import_identity);
    table.add("Dropout", {7, 10, 12, 13, 22}, import_dropout);
}

}  // namespace cameo::generator
