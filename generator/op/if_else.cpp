// Imports If: inlines the branch if the condition is constant, else adds a layer that runs either branch.
#include "import/operator_table.hpp"
#include "op/control_flow.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

class if_else_operation final : public control_flow {
public:
    using control_flow::control_flow;

    std::unique_ptr<operation> clone() const override { return std::make_unique<if_else_operation>(*this); }
    std::string_view name() const override { return "if_else"; }
    std::size_t first_captured() const override { return 0; }
    dim multiplications(const types&) const override
    {
        return std::max(generator::multiplications(body(0)), generator::multiplications(body(1)));
    }

    void evaluate(
        const std::vector<const tensor*>& operands, std::vector<tensor>& results, budget& spent) const override
    {
        const graph& branch = body(operands[0]->as<bool>()[0] ? 0 : 1);
        tensor_map given;
        for (std::size_t k = 0; k < branch.inputs.size(); ++k) {
            given.emplace(branch.inputs[k], *operands[k + 1]);
        }
        const tensor_map values = generator::evaluate(branch, std::move(given), false, spent);
        for (std::size_t k = 0; k < branch.outputs().size(); ++k) {
            results[k] = data_of(branch.outputs()[k], values);
        }
    }

private:
    types result_types() const override
    {
        types all;
        for (const value* v : body(0).outputs()) {
            all.push_back(v->type.plain());
        }
        return all;
    }
};

/// Imports both branches as networks of their own.
std::vector<body> import_branches(source_node& n)
{
    std::vector<body> branches;
    try {
        for (const char* name : {"then_branch", "else_branch"}) {
            branches.push_back(n.bodies().nested(name, n.graph_proto(name), {}));
        }
    } catch (const incomplete&) {
        throw unsupported("its condition is known at run time only, and a branch cannot be as it is needed then. Where "
                          "the condition is always the same, bind what it comes from with --constant: {}",
            n.data_dependencies(0));
    }
    return branches;
}

/// Gives all bodies the same captured inputs in the same order; returns the captured values.
std::vector<value*> unite_captured(std::vector<body>& bodies)
{
    std::vector<value*> all;
    for (const body& b : bodies) {
        for (value* v : b.captured) {
            if (std::find(all.begin(), all.end(), v) == all.end()) {
                all.push_back(v);
            }
        }
    }
    for (body& b : bodies) {
        const std::vector<value*> own = std::move(b.network->inputs);
        b.network->inputs.clear();
        for (value* v : all) {
            const auto k = std::find(b.captured.begin(), b.captured.end(), v) - b.captured.begin();
            if (k == std::ssize(b.captured)) {
                b.network->add_input(v->name, v->type);
            } else {
                b.network->inputs.push_back(own[static_cast<std::size_t>(k)]);
            }
        }
    }
    return all;
}

void require_same_results(source_node& n, const graph& a, const graph& b)
{
    if (a.outputs().size() != b.outputs().size()) {
        throw unsupported("its branches have {} and {} outputs", a.outputs().size(), b.outputs().size());
    }
    for (std::size_t k = 0; k < a.outputs().size(); ++k) {
        if (a.outputs()[k]->type != b.outputs()[k]->type) {
            throw unsupported("output {} is {} of one branch and {} of the other, and the condition is known at run "
                              "time only. Where it is always the same, bind what it comes from with --constant: {}",
                k, to_string(a.outputs()[k]->type), to_string(b.outputs()[k]->type), n.data_dependencies(0));
        }
    }
}

void import_if(source_node& n)
{
    const tensor_type& condition = n.type(0);
    if (condition.element != element::boolean || condition.shape.count() != 1) {
        throw unsupported("the condition must be one boolean, found {}", to_string(condition));
    }
    if (const tensor* known = n.constant_or_null(0)) {
        // Both attributes are read: the other branch is left out, not unknown.
        const onnx::GraphProto* branches[] = {&n.graph_proto("else_branch"), &n.graph_proto("then_branch")};
        return n.set_results(n.bodies().inlined(*branches[known->as<bool>()[0]], {}));
    }
    std::vector<body> branches = import_branches(n);
    require_same_results(n, *branches[0].network, *branches[1].network);
    std::vector<value*> operands{n.required_operand(0)};
    for (value* v : unite_captured(branches)) {
        operands.push_back(v);
    }
    std::vector<std::unique_ptr<graph>> networks;
    for (body& b : branches) {
        networks.push_back(std::move(b.network));
    }
    n.become(std::make_unique<if_else_operation>(std::move(networks)), std::move(operands));
}

}  // namespace

void add_if_else(operator_table& table)
{
    table.add("If", {1, 11, 13, 16, 19, 21, 23, 24, 25}, import_if,
        "where the condition is known at run time only, both branches give the same types and shapes");
}

}  // namespace cameo::generator
