// Labels the values of each graph of a header, so that no two have the same.
#include "emit/labels.hpp"
#include "graph/text.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

/// Labels the values of one graph.
class graph_labels {
public:
    graph_labels(const graph& g, const value_names& identifiers, unique_names& labels, value_names& result)
        : graph_(g), identifiers_(identifiers), labels_(labels), result_(result)
    {
    }

    void run()
    {
        const auto own_name = [this](const value* v) { label(v, v->name); };
        std::ranges::for_each(graph_.all_inputs(), own_name);
        std::ranges::for_each(graph_.outputs(), own_name);
        std::ranges::for_each(graph_.states(), own_name, &recurrent_state::current);
        for (const auto& n : graph_.nodes()) {
            for (const value* v : n->results()) {
                if (v && !is_added(*n)) {
                    label(v, is_output(v->name) ? in_layout(*v, short_name(v->type.storage.layout)) : v->name);
                }
            }
        }
        for (const auto& n : graph_.nodes()) {
            for (const value* v : n->results()) {
                if (v && is_added(*n)) {
                    label(v, in_layout(*v, addition(*n)));
                }
            }
        }
    }

private:
    void label(const value* v, const std::string& like)
    {
        if (!v->data && !result_.contains(v)) {
            result_[v] = labels_.make(v->name.empty() ? identifiers_.at(v) : like);
        }
    }

    bool is_output(const std::string& name) const
    {
        return std::ranges::find(graph_.outputs(), name, &value::name) != graph_.outputs().end();
    }

    static std::string in_layout(const value& v, std::string_view layout)
    {
        return fmt::format("{} ({})", v.name, layout);
    }

    const graph& graph_;
    const value_names& identifiers_;
    unique_names& labels_;
    value_names& result_;
};

}  // namespace

value_names label_values(const graph& g, const value_names& identifiers, unique_names& labels)
{
    value_names result;
    each_graph(g, [&](const graph& one) { graph_labels(one, identifiers, labels, result).run(); });
    return result;
}

}  // namespace cameo::generator
