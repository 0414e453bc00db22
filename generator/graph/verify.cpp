// Checks that a graph is whole: uses come after definitions, producers know their results, types are derived ones.
#include "graph/verify.hpp"
#include <algorithm>
#include <stdexcept>
#include <unordered_map>

namespace cameo::generator {

namespace {

class verifier {
public:
    verifier(const graph& g, std::string_view stage) : graph_(g), stage_(stage) {}

    void run()
    {
        for (const value* v : graph_.all_inputs()) {
            known_.insert(v);
        }
        for (const recurrent_state& f : graph_.states()) {
            known_.insert(f.current);
        }
        for (const auto& n : graph_.nodes()) {
            check(*n);
        }
        check_uses();
        for (const value* v : graph_.outputs()) {
            require(v && is_known(v), "an output is no value of the graph");
        }
        for (const recurrent_state& f : graph_.states()) {
            require(!f.next || is_known(f.next), "the next value of a state is no value of the graph");
        }
    }

private:
    bool is_known(const value* v) const { return v->data || known_.contains(v); }

    /// A graph within a node sees what is around that, too.
    bool knows_all(const size_expression& e) const
    {
        return graph_.is_nested || std::ranges::all_of(e.values, [&](const value* v) { return is_known(v); });
    }

    void require(bool holds, std::string_view what, const node* n = nullptr) const
    {
        if (!holds) {
            throw std::logic_error(fmt::format("{}: {}{}", stage_, what,
                n ? fmt::format(
                        ": {} '{}'", n->op ? n->op->name() : "?", n->origins.empty() ? "" : n->origins.front().name)
                  : ""));
        }
    }

    void check(const node& n)
    {
        require(n.op != nullptr && !n.results().empty(), "a node has no operator or no results", &n);
        for (const value* v : n.operands()) {
            require(!v || is_known(v), "an operand is not there before its reader", &n);
            require(!v || !v->elements || knows_all(*v->elements), "a constant depends on what is not there", &n);
        }
        for (const auto& [key, expression] : n.expressions) {
            require(knows_all(expression), "an attribute depends on what is not there before its node", &n);
        }
        const operation::types derived = n.op->results(n.operand_types());
        require(n.results().size() <= derived.size(), "a node has more results than its operator", &n);
        for (std::size_t k = 0; k < n.results().size(); ++k) {
            const value* v = n.results()[k];
            require(!v || (v->producer() == &n && known_.insert(v).second), "a result has another producer", &n);
            require(!v || v->type.plain() == derived[k].plain(),
                "a result is not of the type that its operator derives", &n);
        }
    }

    /// Each value has as many readers as nodes have it as an operand.
    void check_uses() const
    {
        std::unordered_map<const value*, std::size_t> reads;
        for (const auto& n : graph_.nodes()) {
            for (const value* v : n->operands()) {
                ++reads[v];
            }
        }
        for (const auto& v : graph_.values()) {
            const auto reads_it = [&](const reader& r) { return r.node->operand(r.operand) == v.get(); };
            require(v->readers().size() == reads[v.get()] && std::ranges::all_of(v->readers(), reads_it),
                "a value does not know its readers");
        }
    }

    const graph& graph_;
    std::string_view stage_;
    std::set<const value*> known_;
};

}  // namespace

void verify(const graph& g, std::string_view stage) { verifier(g, stage).run(); }

}  // namespace cameo::generator
