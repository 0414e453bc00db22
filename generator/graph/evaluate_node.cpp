// Computes the results of a node, within what the generator may spend.
#include "graph/evaluate_node.hpp"
#include "support/failure.hpp"

namespace cameo::generator {

namespace {

/// Allocates the results of a node; tensors that nobody reads are empty.
std::vector<tensor> allocated(const node& n, const operation::types& derived)
{
    std::vector<tensor> results;
    for (std::size_t i = 0; i < derived.size(); ++i) {
        const bool wanted = i < n.results().size() && n.results()[i];
        try {
            results.push_back(wanted ? tensor(derived[i]) : tensor());
        } catch (const std::exception&) {  // bad_alloc, length_error
            throw failure("node '{}': its result {} takes more memory than there is",
                n.origins.empty() ? "" : printable(n.origins[0].name), to_string(derived[i]));
        }
    }
    return results;
}

}  // namespace

std::vector<tensor> evaluate(const node& n, const std::vector<const tensor*>& operands, budget& spent)
{
    operation::types types;
    for (const tensor* t : operands) {
        types.push_back(t ? t->type : absent);
    }
    const operation::types derived = n.op->results(types);
    dim bytes = 0;
    for (std::size_t i = 0; i < derived.size() && i < n.results().size(); ++i) {
        if (n.results()[i]) {
            bytes = saturating_sum(bytes, static_cast<dim>(cameo::bytes(derived[i])));
        }
    }
    constexpr dim steps_of_node = 256;  // beside its elements
    spent.spend(saturating_sum(n.op->work(types), steps_of_node), bytes);
    std::vector<tensor> results = allocated(n, derived);
    n.op->evaluate(operands, results, spent);
    return results;
}

}  // namespace cameo::generator
