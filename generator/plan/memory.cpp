#include "plan/memory.hpp"

namespace cameo::generator {

namespace {

class memory_planner {
public:
    memory run(const graph& g)
    {
        for (const value* v : g.inputs) add(v);
        for (const feedback& f : g.states) add(f.state);
        for (const auto& n : g.nodes) {
            for (std::size_t k = 1; k < n->results.size(); ++k)
                if (n->results[k]) add(n->results[k]);
            add(n->results[0]);
            read(*n);
        }
        for (const value* v : g.inputs) keep(v);
        for (const value* v : g.outputs) keep(v);
        for (const auto& [state, next] : g.states) {
            keep(state);
            if (next) keep(next);
        }
        detail::place(plan_);
        return std::move(plan_);
    }

private:
    void add(const value* v)
    {
        const int step = static_cast<int>(plan_.schedule.size());
        if (v) steps_[v] = step;
        plan_.schedule.push_back(v);
        plan_.offset.push_back(0);
        plan_.size.push_back(v ? (bytes(v->type) + alignment - 1) / alignment * alignment : 0);
        plan_.owner.push_back(step);
        plan_.last_use.push_back(step);
    }

    int owner_of(const value* v) const { return plan_.owner[static_cast<std::size_t>(steps_.at(v))]; }

    /// The last step of the schedule is the node's: its operands live until then.
    void read(const node& n)
    {
        const int step = static_cast<int>(plan_.schedule.size()) - 1;
        for (const value* v : n.operands)
            if (v && !v->data) plan_.last_use[static_cast<std::size_t>(owner_of(v))] = step;
        if (n.op->is_view() && !n.operands[0]->data) plan_.owner.back() = owner_of(n.operands[0]);
        if (n.results[0] && n.results[0]->type.storage.pitch != 0) plan_.owner.back() = owner_of(n.operands[1]);  // a window into a ring
    }

    void keep(const value* v) { plan_.last_use[static_cast<std::size_t>(owner_of(v))] = static_cast<int>(plan_.schedule.size()); }

    memory plan_;
    std::map<const value*, int> steps_;
};

}  // namespace

memory plan_memory(const graph& g) { return memory_planner().run(g); }

}  // namespace cameo::generator
