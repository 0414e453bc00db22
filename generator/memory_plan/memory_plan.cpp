// Lists the steps of a graph as the library does, and computes the memory plan with the library's own algorithm.
#include "memory_plan/memory_plan.hpp"
#include "graph/constant_layers.hpp"
#include <deque>

namespace cameo::generator {

namespace {

/// The schedule of a graph, in the order of its header.
class schedule {
public:
    explicit schedule(const graph& g)
    {
        for (const value* v : g.inputs) {
            detail::planned_step& s = add(v);
            s.is_kept = true;
            if (g.is_nested) {
                s.bytes = 0;
            }
        }
        for (const overridable_input& s : g.overridable_inputs) {
            add(s.input).is_kept = true;
        }
        for (const recurrent_state& f : g.states()) {
            add(f.current).is_kept = true;
        }
        const std::set<const node*> computed = computed_layers(g);
        for (const auto& n : g.nodes()) {
            if (computed.contains(n.get())) {
                add(nullptr);  // no place, and no step that others could name
                values.back() = n->result();
                continue;
            }
            for (std::size_t k = 1; k < n->results().size(); ++k) {
                if (n->results()[k]) {
                    add(n->results()[k]);
                }
            }
            const std::span<const int> further = steps_of(n->results()), operands = steps_of(n->operands());
            const operation::types types = n->operand_types();
            const tensor_type& result = n->result() ? n->result()->type : absent;
            const operand_place view = n->op->place_of(types, result);
            detail::planned_step& s = add(n->result());
            s.views = view.operand;
            s.within = view.within;
            s.places = places_.emplace_back(n->op->places_of(types, result));
            s.overwrites = n->result() ? n->op->overwritten_by(types, result) : -1;
            s.operands = operands;
            s.further = further;
        }
    }

    /// Returns the steps of values; -1 for those that are not in the schedule so far.
    std::span<const int> steps_of(const std::vector<value*>& some)
    {
        std::vector<int>& list = lists_.emplace_back();
        for (const value* v : some) {
            list.push_back(v && step_.contains(v) ? step_.at(v) : -1);
        }
        return list;
    }

    std::vector<detail::recurrent_steps> recurrent_states_of(const std::vector<recurrent_state>& states) const
    {
        std::vector<detail::recurrent_steps> all;
        for (const recurrent_state& f : states) {
            if (f.next) {
                all.push_back({step_.at(f.current), step_.at(f.next)});
            }
        }
        return all;
    }

    std::vector<const value*> values;
    std::vector<detail::planned_step> steps;

private:
    detail::planned_step& add(const value* v)
    {
        const int step = static_cast<int>(steps.size());
        if (v) {
            step_[v] = step;
        }
        values.push_back(v);
        return steps.emplace_back(detail::planned_step{.step = step, .bytes = v ? bytes(v->type) : 0});
    }

    std::map<const value*, int> step_;
    std::deque<std::vector<int>> lists_;
    std::deque<std::vector<std::size_t>> places_;
};

}  // namespace

memory::memory(std::vector<const value*> values)
    : schedule(std::move(values)), offset(schedule.size()), size(schedule.size()), within(schedule.size()),
      owner(schedule.size()), first_use(schedule.size()), last_use(schedule.size()), pinned(schedule.size()),
      in_place(schedule.size())
{
}

memory plan_memory(const graph& g)
{
    schedule all(g);
    memory plan(std::move(all.values));
    detail::compute_plan(plan, all.steps, all.steps_of(g.outputs()), all.recurrent_states_of(g.states()));
    return plan;
}

std::size_t weight_bytes(const graph& g)
{
    std::size_t bytes = 0;
    for (const value* v : g.constants()) {
        bytes += v->data->bytes.size();
    }
    return bytes;
}

}  // namespace cameo::generator
