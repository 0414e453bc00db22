// Relu(Conv(x) + residual) → Conv(x) with an epilogue: saves a trip through memory; likewise Gemm, MatMul,
// ConvTranspose.
#include "passes/fuse.hpp"
#include "passes/passes.hpp"
#include <algorithm>
#include <cameo/op/elementwise.hpp>

namespace cameo::generator {

namespace {

/// Makes the elementwise node `reader` the epilogue of `producer`, whose result is its operand k.
bool absorb(node& reader, node& producer, std::size_t k)
{
    const auto [epilogue_of_producer, operand] = producer.op->find_epilogue();
    if (!epilogue_of_producer || !epilogue_of_producer->empty() || reader.operands().size() > 2) {
        return false;
    }
    value* result = reader.result();
    value* residual = reader.operands().size() == 2 ? reader.operands()[1 - k] : nullptr;
    const shape& own = producer.results()[0]->type.shape;
    if (result->type.shape != own || (residual && (residual->type.shape != own || residual == producer.results()[0]))) {
        return false;
    }

    std::array<argument, elementwise_expression::max_operands> inputs{};
    inputs[k] = argument::of_operand(0);
    inputs[1 - k] = argument::of_operand(1);
    elementwise_expression epilogue;
    epilogue.result = epilogue.append(reader.attributes_of<elementwise_spec>()->compute, inputs);
    *epilogue_of_producer = epilogue;
    if (residual) {
        producer.set_operand(operand, residual);
    }
    return true;
}

/// Finds the operand whose producer applies what the reader computes. The later producer takes it: by then, the other
/// operand has been computed.
std::optional<std::size_t> best_operand(const node& reader)
{
    std::optional<std::size_t> best;
    for (std::size_t k = 0; k < reader.operands().size(); ++k) {
        const node* producer = sole_producer(reader.operand(k));
        if (!producer || !producer->op->find_epilogue().epilogue) {
            continue;
        }
        if (!best || graph::comes_before(*reader.operand(*best)->producer(), *producer)) {
            best = k;
        }
    }
    return best;
}

}  // namespace

/// Lets convolutions and dense layers apply what follows (activation, residual) before they store their results.
void fuse_epilogue(graph& g)
{
    each_node(g, [&](node& reader) {
        if (!reader.attributes_of<elementwise_spec>() || reader.result()->type.element != element::float32) {
            return;
        }
        const auto best = best_operand(reader);
        node* producer = best ? reader.operand(*best)->producer() : nullptr;
        if (producer && absorb(reader, *producer, *best)) {
            // The producer moves to where the reader was: its residual may come later than its own place.
            g.move_before(reader, *producer);
            take_result(g, *producer, reader);
        }
    });
}

}  // namespace cameo::generator
