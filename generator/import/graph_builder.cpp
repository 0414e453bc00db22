#include "import/graph_builder.hpp"
#include "import/run_time_extents.hpp"
#include "import/source_node.hpp"

namespace cameo::generator {

std::vector<value*> graph_builder::add(std::unique_ptr<operation> op, std::vector<value*> operands, const std::vector<bool>& want, const origin& from)
{
    while (!operands.empty() && !operands.back()) operands.pop_back();
    auto n = std::make_unique<node>();
    n->op = std::move(op);
    n->operands = std::move(operands);
    n->origins = {from};
    const operation::types types = n->operand_types();
    if (const auto problem = n->op->problem(types)) {
        std::string found;
        for (const tensor_type& t : types) found += (found.empty() ? "" : ", ") + (t.present() ? to_string(t) : "-");
        n->op->each_attribute([&](std::string_view name, const std::string& text) { found += fmt::format(", {} {}", name, text); });
        throw unsupported("{} (found {})", *problem, found);
    }
    const operation::types derived = n->op->results(types);
    for (std::size_t i = 0; i < derived.size(); ++i) {
        const bool scratch = n->op->is_scratch(i), wanted = i < want.size() && want[i];
        if (!countable(derived[i].shape)) throw unsupported("the result {} is larger than any tensor may be", to_string(derived[i]));
        n->results.push_back(scratch || wanted ? graph_.add_value(from.name + (scratch ? "/scratch" : ""), derived[i]) : nullptr);
    }
    const node& added = *graph_.insert(graph_.nodes.size(), std::move(n));
    spread_extent(added);
    return added.results;
}

namespace {

/// Does a node make a huge value of small ones (Expand, Tile)? Then the network computes it: the header would be as huge.
bool inflates(const node& n)
{
    constexpr std::size_t huge = std::size_t{1} << 26;
    std::size_t before = 0, after = 0;
    for (const value* v : n.operands) before += v ? bytes(v->type) : 0;
    for (const value* v : n.results) after += v ? bytes(v->type) : 0;
    return after > huge && after > 2 * before;
}

}  // namespace

bool fold(node& n)
{
    std::vector<const tensor*> operands;
    for (const value* v : n.operands) {
        if (v && !v->data) return false;
        operands.push_back(v ? &*v->data : nullptr);
    }
    if (inflates(n)) return false;
    std::vector<tensor> results = evaluate(n, operands);
    for (std::size_t i = 0; i < n.results.size(); ++i)
        if (n.results[i]) n.results[i]->data = std::move(results[i]);
    return true;
}

const tensor* graph_builder::constant(value* v)
{
    if (v->data) return &*v->data;
    if (!v->producer) return nullptr;
    for (value* operand : v->producer->operands)
        if (operand && !constant(operand)) return nullptr;
    return fold(*v->producer) ? &*v->data : nullptr;
}

}  // namespace cameo::generator
