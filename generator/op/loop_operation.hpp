// The operation that Loop and Scan become: a body that runs repeatedly (cameo/control_flow/loop.hpp defines its inputs
// and outputs).
#pragma once
#include "op/control_flow.hpp"
#include <cameo/control_flow/loop.hpp>

namespace cameo::generator {

class loop_operation final : public control_flow {
public:
    loop_operation(std::unique_ptr<graph> body, const loop_attributes& attributes);

    std::unique_ptr<operation> clone() const override { return std::make_unique<loop_operation>(*this); }
    std::string_view name() const override { return "loop"; }
    std::size_t first_captured() const override { return 2 + attributes_.sequences; }
    void evaluate(
        const std::vector<const tensor*>& operands, std::vector<tensor>& results, budget& spent) const override;
    void each_attribute(const visitor& visit) const override;
    dim multiplications(const types& operands) const override;

private:
    types result_types() const override;

    loop_attributes attributes_;
};

/// Turns `count` inputs of a body, from `first` on, into states, whose next values are the outputs from `next` on.
/// Throws failure if their types differ.
void carry(graph& body, std::size_t first, std::size_t next, std::size_t count);

}  // namespace cameo::generator
