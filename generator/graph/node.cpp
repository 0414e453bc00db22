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
        reads_.resize(k + 1);
    }
    stop_reading(k);
    operands_[k] = v;
    read(k);
}

void node::set_operands(std::vector<value*> operands)
{
    for (std::size_t k = 0; k < operands_.size(); ++k) {
        stop_reading(k);
    }
    operands_ = std::move(operands);
    reads_.resize(operands_.size());
    for (std::size_t k = 0; k < operands_.size(); ++k) {
        read(k);
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

void node::read(std::size_t k)
{
    if (value* v = in_graph_ ? operands_[k] : nullptr) {
        reads_[k] = v->readers_.size();
        v->readers_.push_back({this, k});
    }
}

/// Moves the last reader to the place that becomes free, so that this takes the same time for any number of readers.
void node::stop_reading(std::size_t k)
{
    if (value* v = in_graph_ ? operands_[k] : nullptr) {
        const reader last = v->readers_.back();
        v->readers_[reads_[k]] = last;
        last.node->reads_[last.operand] = reads_[k];
        v->readers_.pop_back();
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
