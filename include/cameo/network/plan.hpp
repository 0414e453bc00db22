// The memory plan: where each value lies in a network's arena. The compiler computes it from sizes and the schedule.
#pragma once
#include <algorithm>
#include <array>
#include <cameo/network/computed.hpp>
#include <span>

namespace cameo::inline CAMEO_TARGET {

/// For each position in the schedule, where its value lies; see make_plan.
template <std::size_t Steps>
struct memory_plan {
    std::array<std::size_t, Steps> offset{};  ///< bytes from the start of the arena
    std::array<bool, Steps> in_place{};       ///< the result lies in an operand, or all operands lie in the result
    std::size_t bytes = 0;                    ///< of the arena

    std::array<std::size_t, Steps> size{};
    std::array<int, Steps> owner{};           ///< the value in whose memory this one lies; itself where it has its own
    std::array<std::size_t, Steps> within{};  ///< bytes from the start of that memory
    std::array<int, Steps>
        first_use{};  ///< of the memory that a value owns: its step, or that of the first value that lies in it
    std::array<int, Steps> last_use{};
    std::array<bool, Steps>
        pinned{};  ///< an input, an output, a state or an overridable input: never overwritten by another value

    constexpr std::size_t at(int step) const { return offset[static_cast<std::size_t>(step)]; }
};

/// A spec whose result has the bytes of its first operand in place.
template <class Spec>
concept view_operator = requires { requires Spec::view; };

template <class Layer>
concept has_spec = requires { Layer::spec; };

/// A layer whose result is a window into one of its operands, a state: `kernel::window_of`. It begins where
/// `kernel::start(run)` says, elsewhere in each run.
template <class Layer>
concept has_window = has_spec<Layer> && requires { kernel<Layer::spec, Layer::type>::window_of; };

/// A layer that runs models of its own: `models`, each in memory that is the layer's last result.
template <class Layer>
concept has_models = has_spec<Layer> && requires { typename Layer::models; };

/// Tells whether a model has state that is fed back.
template <class Model>
concept has_recurrent_states = requires { typename Model::recurrent_states; };

namespace detail {

/// A position in the schedule, as the plan sees it. Operands and secondary outputs are positions too; -1 where they
/// have none, as constants.
struct planned_step {
    int step = 0;
    std::size_t bytes = 0;
    bool is_kept = false;                   ///< an input, a state or an overridable input
    int views = -1;                         ///< the operand in whose memory the result lies, or -1
    std::size_t within = 0;                 ///< bytes from the start of that operand
    int overwrites = -1;                    ///< the operand over which the result may be written, or -1
    std::span<const std::size_t> places{};  ///< where operands may lie in the result, in bytes, or `nowhere`
    std::span<const int> operands{}, further{};
};

template <class Value>
inline constexpr int step_of = -1;
template <scheduled Value>
inline constexpr int step_of<Value> = Value::step;

template <class Values>
inline constexpr std::array<int, 0> steps_of{};
template <template <class...> class List, class... Value>
inline constexpr std::array<int, sizeof...(Value)> steps_of<List<Value...>>{step_of<Value>...};

/// The steps of a state and of the result that it is in the next run.
struct recurrent_steps {
    int state = 0, next = 0;
};

template <class Kept>
inline constexpr std::array<recurrent_steps, 0> recurrent_states_of{};
template <class... State, class... Next>
inline constexpr std::array<recurrent_steps, sizeof...(State)>
    recurrent_states_of<list<recurrent_state<State, Next>...>>{recurrent_steps{State::step, Next::step}...};

template <class Value>
concept is_elsewhere = requires { Value::is_borrowed; } || is_computed<Value>;

/// A value that lives through the run from its beginning.
template <class Value>
concept is_given = requires { Value::is_input; } || requires { Value::is_state; } ||
                   requires { Value::is_overridable_input; } || requires { Value::is_borrowed; };

template <class Layer>
constexpr planned_step describe()
{
    planned_step s{
        .step = Layer::step, .bytes = is_elsewhere<Layer> ? 0 : bytes(Layer::type), .is_kept = is_given<Layer>};
    if constexpr (has_spec<Layer> && !is_computed<Layer>) {
        if constexpr (view_operator<typename Layer::spec_type>) {
            s.views = 0;
        }
        using computed_by = kernel<Layer::spec, Layer::type>;
        if constexpr (has_window<Layer>) {
            s.views = computed_by::window_of;
        }
        if constexpr (requires { computed_by::lies_within; }) {
            s.views = 0;
            s.within = computed_by::lies_within;
        }
        if constexpr (requires { computed_by::places; }) {
            s.places = computed_by::places;
        }
        if constexpr (requires { computed_by::overwrites; }) {
            s.overwrites = computed_by::overwrites;
        }
        s.operands = steps_of<typename Layer::operands>;
        s.further = steps_of<typename Layer::secondary_outputs>;
    }
    return s;
}

/// The value that owns the memory of this one.
template <class Plan>
constexpr int root(const Plan& plan, int step)
{
    while (plan.owner[index(step)] != step) {
        step = plan.owner[index(step)];
    }
    return step;
}

/// Places a value in the memory of another, `within` bytes from its start: in that of its root, so that no chain grows
/// as long as the network.
template <class Plan>
constexpr void lie_in(Plan& plan, std::size_t at, int other, std::size_t within)
{
    for (; plan.owner[index(other)] != other; other = plan.owner[index(other)]) {
        within += plan.within[index(other)];
    }
    plan.owner[at] = other;
    plan.within[at] = within;
}

/// Places operands in the result, if they have memory of their own: the layers that compute them write there.
template <class Plan>
constexpr void place_operands_in_result(Plan& plan, const planned_step& s)
{
    const std::size_t at = index(s.step);
    bool all = true;
    for (std::size_t k = 0; k < s.operands.size(); ++k) {
        const int part = s.operands[k];
        const bool joins =
            part >= 0 && s.places[k] % alignment == 0 && plan.owner[index(part)] == part && !plan.pinned[index(part)];
        all = all && joins;
        if (!joins) {
            continue;
        }
        plan.owner[index(part)] = s.step;
        plan.within[index(part)] = s.places[k];
        plan.first_use[at] = std::min(plan.first_use[at], plan.first_use[index(part)]);
    }
    plan.in_place[at] = all;
}

/// Records what a layer reads, and places values in others.
template <class Plan>
constexpr void record_lifetime(Plan& plan, const planned_step& s)
{
    const std::size_t at = index(s.step);
    plan.size[at] = (s.bytes + alignment - 1) / alignment * alignment;
    plan.owner[at] = plan.first_use[at] = plan.last_use[at] = s.step;
    plan.pinned[at] = s.is_kept;
    for (int source : s.operands) {
        if (source >= 0) {
            plan.last_use[index(root(plan, source))] = s.step;
        }
    }
    // Secondary outputs stand before their layer in the schedule, and live until it has run even where nobody reads
    // them.
    for (int further : s.further) {
        if (further >= 0) {
            plan.last_use[index(further)] = s.step;
        }
    }
    if (s.views >= 0 && s.operands[index(s.views)] >= 0 && s.within % alignment == 0) {
        lie_in(plan, at, s.operands[index(s.views)], s.within);
        plan.in_place[at] = true;
    }
    if (!s.places.empty()) {
        place_operands_in_result(plan, s);
    }
}

/// Lets the next value of a state, a result of `s`, overwrite the state if nothing reads that any more; otherwise it
/// lives until the end, to be copied.
template <class Plan>
constexpr void feed_back(Plan& plan, const recurrent_steps& f, const planned_step& s)
{
    const std::size_t state = index(f.state), next = index(f.next), owner = index(root(plan, f.next));
    const bool alone =
        owner == next && plan.first_use[next] == f.next && !plan.pinned[next] && plan.size[next] <= plan.size[state];
    const bool overwrites = s.overwrites >= 0 && s.operands[index(s.overwrites)] == f.state;
    if (alone && (plan.last_use[state] < f.next || (plan.last_use[state] == f.next && overwrites))) {
        plan.owner[next] = f.state;
    } else {
        plan.last_use[owner] = static_cast<int>(plan.size.size());
    }
}

/// Lets a layer overwrite an operand that nothing reads later.
template <class Plan>
constexpr void reuse_operand(Plan& plan, const planned_step& s)
{
    const std::size_t at = index(s.step);
    const int source = s.overwrites >= 0 ? s.operands[index(s.overwrites)] : -1;
    if (source < 0 || plan.owner[at] != s.step || plan.pinned[at]) {
        return;
    }
    const std::size_t owner = index(root(plan, source));
    if (plan.pinned[owner] || plan.last_use[owner] != s.step || plan.size[at] > plan.size[index(source)]) {
        return;
    }
    lie_in(plan, at, source, 0);
    plan.last_use[owner] = plan.last_use[at];
}

/// Assigns places by first fit: memory gets the lowest place that no living memory covers. Living memory is kept in the
/// order of its places.
template <class Plan>
constexpr void assign_offsets(Plan& plan)
{
    auto live = plan.offset, begins = plan.offset;
    for (std::size_t i = 0; i < begins.size(); ++i) {
        begins[i] = nowhere;
    }
    for (std::size_t i = 0; i < begins.size(); ++i) {
        if (plan.owner[i] == static_cast<int>(i)) {
            begins[index(plan.first_use[i])] = i;
        }
    }
    std::size_t count = 0;
    for (std::size_t step = 0; step < begins.size(); ++step) {
        const std::size_t i = begins[step];
        if (i == nowhere) {
            continue;
        }
        std::size_t kept = 0, at = 0;
        for (std::size_t j = 0; j < count; ++j) {
            if (plan.last_use[live[j]] >= static_cast<int>(step)) {
                live[kept++] = live[j];
            }
        }
        count = kept;
        for (std::size_t j = 0; j < count && at + plan.size[i] > plan.offset[live[j]]; ++j) {
            at = std::max(at, plan.offset[live[j]] + plan.size[live[j]]);
        }
        plan.offset[i] = at;
        plan.bytes = std::max(plan.bytes, at + plan.size[i]);
        std::size_t slot = count++;
        for (; slot > 0 && plan.offset[live[slot - 1]] > at; --slot) {
            live[slot] = live[slot - 1];
        }
        live[slot] = i;
    }
    for (std::size_t i = 0; i < plan.offset.size(); ++i) {
        std::size_t within = 0;
        int of = static_cast<int>(i);
        for (; plan.owner[index(of)] != of; of = plan.owner[index(of)]) {
            within += plan.within[index(of)];
        }
        plan.owner[i] = of;
        plan.within[i] = within;
        plan.offset[i] = plan.offset[index(of)] + within;
    }
}

/// Fills a plan of as many steps as the schedule has. Plan is a memory_plan, or has the same members of any length;
/// Schedule is an array or a vector of planned_step. Inputs, outputs and states keep their memory through the run.
template <class Plan, class Schedule>
constexpr void compute_plan(
    Plan& plan, const Schedule& schedule, std::span<const int> outputs, std::span<const recurrent_steps> states)
{
    for (const planned_step& s : schedule) {
        record_lifetime(plan, s);
    }
    for (int step : outputs) {
        plan.pinned[index(root(plan, step))] = true;
    }
    for (const planned_step& s : schedule) {
        for (const recurrent_steps& f : states) {
            if (f.next == s.step) {
                feed_back(plan, f, s);
            }
        }
    }
    for (std::size_t i = 0; i < plan.size.size(); ++i) {
        if (plan.pinned[i]) {
            plan.last_use[i] = static_cast<int>(plan.size.size());
        }
    }
    for (const planned_step& s : schedule) {
        reuse_operand(plan, s);
    }
    assign_offsets(plan);
}

}  // namespace detail

/// Computes the plan of Model, which has steps, inputs, outputs and schedule(visit).
template <class Model>
consteval auto make_plan()
{
    constexpr std::size_t steps = static_cast<std::size_t>(Model::steps);
    memory_plan<steps> plan{};
    std::array<detail::planned_step, steps> schedule{};
    std::size_t at = 0;
    Model::schedule([&]<class Layer>(Layer) { schedule[at++] = detail::describe<Layer>(); });
    if constexpr (has_recurrent_states<Model>) {
        detail::compute_plan(plan, schedule, detail::steps_of<typename Model::outputs>,
            detail::recurrent_states_of<typename Model::recurrent_states>);
    } else {
        detail::compute_plan(plan, schedule, detail::steps_of<typename Model::outputs>, {});
    }
    return plan;
}

}  // namespace cameo::inline CAMEO_TARGET
