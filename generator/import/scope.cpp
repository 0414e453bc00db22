// Looks up values by name in nested graphs, and captures outer values as constants or inputs of a body.
#include "import/scope.hpp"
#include "import/source_node.hpp"

namespace cameo::generator {

std::optional<value*> scope::find(const std::string& name)
{
    if (const auto found = names_.find(name); found != names_.end()) {
        return found->second;
    }
    if (!outer_) {
        return std::nullopt;
    }
    const auto found = outer_->find(name);
    if (!found || !*found || &outer_->builder == &builder) {
        return found;
    }
    return names_[name] = capture(*found);
}

value* scope::capture(value* v)
{
    if (const std::vector<value*>* parts = outer_->builder.parts_of(v)) {
        std::vector<value*> inside;
        for (value* part : *parts) {
            inside.push_back(capture(part));
        }
        return builder.add_sequence(std::move(inside));
    }
    if (v->extent) {
        throw unsupported("reads '{}' ({}), of which the data decide how much is there, within a graph of its own",
            v->name, to_string(v->type));
    }
    // Large constants that depend on sizes may be layers outside: then they are read where they are.
    const bool may_be_layer = v->depends_on_shapes && v->type.shape.count() > few_elements;
    if (const tensor* t = may_be_layer ? nullptr : outer_->builder.constant(v)) {
        value* copy = builder.add_constant(v->name, *t);
        copy->parameters = v->parameters;
        copy->depends_on_shapes = v->depends_on_shapes;
        return copy;
    }
    for (const auto& [from, input] : captures_) {
        if (from == v) {
            return input;
        }
    }
    value* input = builder.add_input(v->name, v->type);
    captures_.emplace_back(v, input);
    return input;
}

std::vector<value*> scope::captured() const
{
    std::vector<value*> all;
    for (const auto& [from, input] : captures_) {
        all.push_back(from);
    }
    return all;
}

}  // namespace cameo::generator
