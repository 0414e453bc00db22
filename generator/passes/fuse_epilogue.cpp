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
    if (!epilogue_of_producer || !epilogue_of_producer->empty() || reader.operands.size() > 2) {
        return false;
    }
    value* result = reader.results[0];
    value* residual = reader.operands.size() == 2 ? reader.operands[1 - k] : nullptr;
    const shape& own = producer.results[0]->type.shape;
    if (result->type.shape != own || (residual && (residual->type.shape != own || residual == producer.results[0]))) {
        return false;
    }

    std::array<argument, elementwise_expression::max_operands> inputs{};
    inputs[k] = argument::of_operand(0);
    inputs[1 - k] = argument::of_operand(1);
    elementwise_expression epilogue;
    epilogue.result = epilogue.append(reader.attributes_of<elementwise_spec>()->compute, inputs);
    *epilogue_of_producer = epilogue;
    if (residual) {
        producer.operands.resize(std::max(producer.operands.size(), operand + 1), nullptr);
        producer.operands[operand] = residual;
    }
    producer.results[0] = result;
    result->producer = &producer;
    append_origins(producer, reader);
    return true;
}

}  // namespace

/// Lets convolutions and dense layers apply what follows (activation, residual) before they store their results.
void fuse_epilogue(graph& g)
{
    fusion all(g);
    for (std::size_t i = 0; i < g.nodes.size(); ++i) {
        if (!g.nodes[i] || !g.nodes[i]->attributes_of<elementwise_spec>() ||
            g.nodes[i]->results[0]->type.element != element::float32) {
            continue;
        }
        node& reader = *g.nodes[i];
        // The later producer takes the epilogue: by then, the other operand has been computed.
        std::size_t best = reader.operands.size(), best_position = 0;
        for (std::size_t k = 0; k < reader.operands.size(); ++k) {
            node* producer = all.sole_producer(reader.operands[k]);
            if (!producer || !producer->op->find_epilogue().epilogue) {
                continue;
            }
            if (const std::size_t at = all.position(producer); best == reader.operands.size() || at > best_position) {
                best = k, best_position = at;
            }
        }
        if (best == reader.operands.size()) {
            continue;
        }
        node& producer = *reader.operands[best]->producer;
        if (!all.with_other_operands(producer, [&] { return absorb(reader, producer, best); })) {
            continue;
        }
        // The producer moves to where the reader was: its residual may come later than its own place.
        all.move(best_position, i);
    }
}

}  // namespace cameo::generator
