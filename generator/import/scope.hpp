// The meaning of names in a graph of the file: the main graph, a branch or body nested in a node, or a function.
#pragma once
#include "graph/graph.hpp"
#include "import/graph_builder.hpp"
#include "model/model.hpp"

namespace cameo::generator {

/// Names to values. A value that could not be made is null, and what depends on it is skipped in silence.
class scope {
public:
    scope(graph_builder& builder, const opset_list& opsets) : builder(builder), opsets(opsets) {}
    /// Within another: where its nodes go to a graph of their own, what they read from outside is captured.
    scope(graph_builder& builder, scope& outer) : builder(builder), opsets(outer.opsets), outer_(&outer) {}

    void set(const std::string& name, value* v) { names_[name] = v; }
    /// Nothing where no value has this name.
    std::optional<value*> find(const std::string& name);
    /// Has a value of this graph, or of those around it, this name?
    bool knows(const std::string& name) const { return names_.contains(name) || (outer_ && outer_->knows(name)); }
    /// Those of this graph.
    const std::map<std::string, value*>& names() const { return names_; }

    /// Values of the graph around that became inputs of this one, in their order.
    std::vector<value*> captured() const;

    graph_builder& builder;
    const opset_list& opsets;

private:
    value* capture(value* v);

    scope* outer_ = nullptr;
    std::map<std::string, value*> names_;
    std::vector<std::pair<value*, value*>> captures_;
};

}  // namespace cameo::generator
