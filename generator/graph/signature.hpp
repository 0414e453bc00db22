// Calls an operator's plain definition on tensors whose element types are known only at run time.
#pragma once
#include "support/tensor.hpp"
#include <cameo/op/signature.hpp>

namespace cameo::generator {

/// Calls compute(types of operands, their memory, types of results, their memory). Absent operands and unused results
/// have no memory.
template <class Compute>
void with_memory(const std::vector<const tensor*>& operands, std::vector<tensor>& results, Compute compute)
{
    std::vector<tensor_type> operand_types, result_types;
    std::vector<const void*> from;
    std::vector<void*> to;
    for (const tensor* t : operands) {
        operand_types.push_back(t ? t->type : absent);
        from.push_back(t ? t->bytes.data() : nullptr);
    }
    for (tensor& t : results) {
        result_types.push_back(t.type);
        to.push_back(t.bytes.data());
    }
    compute(operand_types, from, result_types, to);
}

}  // namespace cameo::generator
