// Implements nodes: every change of operands and results is told to the values.
#include "graph/node.hpp"
#include <algorithm>

namespace cameo::generator {

operation::types node::operand_types() const
{
    operation::types types;
    for (const value* v : operands_) {
        types.push_back(v ? v->type : absent);
    }
    return types;
}

void node::set_operand(std::size_t k, value* v)
{
    if (k >= operands_.size()) {
        operands_.resize(k + 1, nullptr);
    }
    read(v);
    stop_reading(std::exchange(operands_[k], v));
}

void node::set_operands(std::vector<value*> operands)
{
    for (value* v : operands) {
        read(v);
    }
    for (value* v : std::exchange(operands_, std::move(operands))) {
        stop_reading(v);
    }
}

void node::set_result(std::size_t k, value* v)
{
    if (k >= results_.size()) {
        results_.resize(k + 1, nullptr);
    }
    stop_producing(std::exchange(results_[k], v));
    produce(v);
}

void node::set_results(std::vector<value*> results)
{
    for (value* v : std::exchange(results_, std::move(results))) {
        stop_producing(v);
    }
    for (value* v : results_) {
        produce(v);
    }
}

void node::read(value* v)
{
    if (in_graph_ && v) {
        v->readers_.push_back(this);
    }
}

void node::stop_reading(value* v)
{
    if (in_graph_ && v) {
        v->readers_.erase(std::find(v->readers_.begin(), v->readers_.end(), this));
    }
}

void node::produce(value* v)
{
    if (!in_graph_ || !v || v->producer_ == this) {
        return;
    }
    if (node* before = v->producer_) {
        std::replace(before->results_.begin(), before->results_.end(), v, static_cast<value*>(nullptr));
    }
    v->producer_ = this;
}

void node::stop_producing(value* v)
{
    if (in_graph_ && v && v->producer_ == this) {
        v->producer_ = nullptr;
    }
}

void append_origins(node& to, const node& from)
{
    to.origins.insert(to.origins.end(), from.origins.begin(), from.origins.end());
}

void prepend_origins(node& to, const node& from)
{
    to.origins.insert(to.origins.begin(), from.origins.begin(), from.origins.end());
}

}  // namespace cameo::generator
