// Names layers by the nodes that people know.
#include "emit/value_names.hpp"
#include "graph/text.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

/// "/conv1/Conv" reads "conv1": exporters repeat the operator at the end.
std::string_view without_operator(std::string_view name, std::string_view operator_type)
{
    const std::size_t slash = name.rfind('/');
    if (slash != std::string_view::npos && slash > 0 && name.substr(slash + 1) == operator_type) {
        return name.substr(0, slash);
    }
    return name;
}

/// Names the values of one graph.
class graph_names {
public:
    graph_names(const graph& g, identifiers& names, value_names& result) : graph_(g), names_(names), result_(result)
    {
        for (const auto& n : g.nodes()) {
            last_[key_of(*n)] = n.get();
        }
    }

    void run()
    {
        for (const parameter& p : graph_.parameters) {
            names_.unique(p.name, "extent");
        }
        for (const value* v : graph_.inputs) {
            result_[v] = names_.unique(v->name, "input");
        }
        for (std::size_t k = 0; k < graph_.outputs().size(); ++k) {
            result_[graph_.outputs()[k]] = names_.unique(graph_.output_names()[k], "output");
        }
        for (const overridable_input& s : graph_.overridable_inputs) {
            result_[s.input] = names_.unique(s.input->name, "overridable_input");
        }
        for (const recurrent_state& f : graph_.states()) {
            result_[f.current] = names_.unique(f.current->name, "state");
        }
        for (const auto& n : graph_.nodes()) {
            name_results(*n);
        }
    }

private:
    using key = std::pair<int, std::string>;

    /// The node of the file that a layer begins with.
    static key key_of(const node& n)
    {
        const origin& from = n.origins.front();
        return {from.number, from.number < 0 ? from.name : ""};
    }

    void name_results(const node& n)
    {
        std::vector<std::size_t> named;
        for (std::size_t k = 0; k < n.results().size(); ++k) {
            if (n.results()[k] && !n.op->is_scratch(k)) {
                named.push_back(k);
            }
        }
        for (const std::size_t k : named) {
            name(n.results()[k], named.size() == 1 ? name_of_node(n) : n.results()[k]->name, n);
        }
        for (std::size_t k = 0; k < n.results().size(); ++k) {
            const value* main = n.result();
            name(n.results()[k], fmt::format("{}_scratch", main ? result_.at(main) : n.op->name()), n);
        }
    }

    void name(const value* v, const std::string& like, const node& n)
    {
        if (v && !result_.contains(v)) {
            result_[v] = names_.unique(like, n.op->name());
        }
    }

    /// Of several layers that a node has become the last has its name, and others that of their operator behind it.
    std::string name_of_node(const node& n) const
    {
        const origin& from = n.origins.front();
        if (is_added(n)) {
            const auto source = result_.find(n.operand(0));
            return fmt::format("{}_{}", source == result_.end() ? from.name : source->second, addition(n));
        }
        const std::string name(without_operator(from.name, from.operator_type));
        const node& last = *last_.at(key_of(n));
        return last.op->name() == n.op->name() ? name : fmt::format("{}_{}", name, n.op->name());
    }

    const graph& graph_;
    identifiers& names_;
    value_names& result_;
    std::map<key, const node*> last_;
};

}  // namespace

std::string written(const size_expression& e, const value_names& names)
{
    std::string text = e.text;
    for (std::size_t k = e.values.size(); k-- > 0;) {
        const std::string mark = fmt::format("${}", k);
        for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos;) {
            text.replace(at, mark.size(), names.at(e.values[k]));
        }
    }
    return text;
}

bool is_added(const node& n)
{
    const origin& from = n.origins.front();
    return from.number < 0 && from.operator_type == n.op->name();
}

std::string_view short_name(layout l)
{
    const std::string_view whole = enumerator_name(l);
    return whole.substr(whole.rfind('_') + 1);
}

std::string_view addition(const node& n)
{
    const tensor_type &from = n.operand(0)->type, &to = n.result()->type;
    return from.plain() == to.plain() ? short_name(to.storage.layout) : n.op->name();
}

void each_graph(const graph& g, const std::function<void(const graph&)>& visit)
{
    visit(g);
    for (const auto& n : g.nodes()) {
        for (const graph* body : n->op->bodies()) {
            each_graph(*body, visit);
        }
    }
}

value_names name_values(const graph& g, identifiers& names)
{
    value_names result;
    each_graph(g, [&](const graph& one) { graph_names(one, names, result).run(); });
    // Constants last: a layer keeps its name where a weight has the same.
    for (const value* v : g.constants()) {
        if (!result.contains(v)) {
            result[v] = names.unique(v->name, "constant");
        }
    }
    return result;
}

std::string listed(const std::vector<value*>& some, const value_names& names)
{
    std::string text;
    for (const value* v : some) {
        text += fmt::format("{}{}", text.empty() ? "" : ", ", names.at(v));
    }
    return text;
}

}  // namespace cameo::generator
