// The meaning of names in a graph of the file: the main graph, a branch or body nested in a node, or a function.
#pragma once
#include "graph/graph.hpp"
#include "import/graph_builder.hpp"
#include "model/model.hpp"

namespace cameo::generator {

/// Maps names to values. A value that could not be made is null, and nodes that depend on it are skipped without a
/// message.
class scope {
public:
    scope(graph_builder& builder, const opset_list& opsets) : builder(builder), opsets(opsets) {}
    /// Nests a scope in another. If its nodes form a graph of their own, values from outside are captured.
    scope(graph_builder& builder, scope& outer) : builder(builder), opsets(outer.opsets), outer_(&outer) {}

    void set(const std::string& name, value* v) { names_[name] = v; }
    /// Returns the value of a name; nothing if there is none.
    std::optional<value*> find(const std::string& name);
    /// Tells whether a value of this graph, or of those around it, has this name.
    bool knows(const std::string& name) const { return names_.contains(name) || (outer_ && outer_->knows(name)); }
    /// Returns the names of this graph.
    const std::map<std::string, value*>& names() const { return names_; }

    /// Returns the outer values that became inputs of this graph, in their order.
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
