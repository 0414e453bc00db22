// Implements what If and Loop layers share: their bodies, the memory that these need, and their cost.
#include "op/control_flow.hpp"

namespace cameo::generator {

control_flow::control_flow(std::vector<std::unique_ptr<graph>> bodies)
{
    for (auto& b : bodies) {
        bodies_.push_back(std::move(b));
    }
}

std::vector<graph*> control_flow::bodies() const
{
    std::vector<graph*> all;
    for (const auto& b : bodies_) {
        all.push_back(b.get());
    }
    return all;
}

operation::types control_flow::results(const types&) const
{
    types all = result_types();
    all.push_back(memory_type(0));
    return all;
}

const tensor& data_of(const value* v, const tensor_map& values) { return v->data ? *v->data : values.at(v); }

dim multiplications(const graph& g)
{
    dim all = 0;
    for (const auto& n : g.nodes()) {
        all = saturating_sum(all, n->op->multiplications(n->operand_types()));
    }
    return all;
}

}  // namespace cameo::generator
