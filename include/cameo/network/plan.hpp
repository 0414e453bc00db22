// The memory plan: where each value of a network lies in its arena. Computed by the compiler from sizes and the schedule.
#pragma once
#include <cameo/network/value.hpp>
#include <cameo/op/layer.hpp>
#include <algorithm>
#include <array>

namespace cameo {

/// Values start at multiples of this many bytes: a cache line, and the widest vector.
inline constexpr std::size_t alignment = 64;

/// For each position in the schedule, where its value lies. Filled by a visitor of the schedule; see make_plan.
template <std::size_t Steps>
struct memory_plan {
    std::array<std::size_t, Steps> offset{};  ///< bytes from the start of the arena
    std::size_t bytes = 0;                    ///< of the arena

    std::array<std::size_t, Steps> size{};
    std::array<int, Steps> owner{};     ///< the value whose memory this one shares; itself where it has its own
    std::array<int, Steps> last_use{};  ///< of the memory that a value owns
    std::array<bool, Steps> pinned{};   ///< an input, an output or a state: never overwritten by another value

    constexpr std::size_t at(int step) const { return offset[static_cast<std::size_t>(step)]; }
};

/// A spec whose result has the bytes of its first operand in place.
template <class Spec>
concept view_operator = requires { requires Spec::view; };

/// A layer that may write its result over operand k: `static constexpr int overwrites(k)` of its kernel.
template <class Layer>
concept has_spec = requires { Layer::spec; };

/// A layer whose result is a window into one of its operands, a state: `kernel::window_of`. It begins where `kernel::start(run)` says, elsewhere in each run.
template <class Layer>
concept has_window = has_spec<Layer> && requires { kernel<Layer::spec, Layer::type>::window_of; };

namespace detail {

template <class Value>
concept scheduled = requires { Value::step; };

template <class Value> inline constexpr int step_of = -1;
template <scheduled Value> inline constexpr int step_of<Value> = Value::step;

template <class... Operand>
constexpr auto steps_of(from<Operand...>)
{
    return std::array<int, sizeof...(Operand)>{step_of<Operand>...};
}
template <class... Result>
constexpr auto steps_of(into<Result...>)
{
    return std::array<int, sizeof...(Result)>{step_of<Result>...};
}

/// The first operand over which a layer may write, or -1: same bytes, read element by element before it is written.
template <class Layer>
constexpr int overwritable()
{
    if constexpr (requires { kernel<Layer::spec, Layer::type>::overwrites; }) return kernel<Layer::spec, Layer::type>::overwrites;
    else return -1;
}

/// May Layer write over Value, one of its operands?
template <class Layer, class Value>
constexpr bool overwrites()
{
    if constexpr (has_spec<Layer>) {
        constexpr int operand = overwritable<Layer>();
        if constexpr (operand >= 0) return steps_of(typename Layer::operands{})[operand] == Value::step;
    }
    return false;
}

/// Marks what each layer reads, and lets views share the memory of what they view.
template <std::size_t Steps, class Layer>
constexpr void see(memory_plan<Steps>& plan, Layer)
{
    constexpr auto step = static_cast<std::size_t>(Layer::step);
    plan.size[step] = (bytes(Layer::type) + alignment - 1) / alignment * alignment;
    plan.owner[step] = Layer::step;
    plan.last_use[step] = Layer::step;
    if constexpr (requires { Layer::is_input; } || requires { Layer::is_state; }) plan.pinned[step] = true;
    if constexpr (has_spec<Layer>) {
        constexpr auto sources = steps_of(typename Layer::operands{});
        for (int source : sources)
            if (source >= 0) {
                const int owner = plan.owner[static_cast<std::size_t>(source)];
                plan.last_use[static_cast<std::size_t>(owner)] = Layer::step;
            }
        // Further results stand before their layer in the schedule, and live until it has run even where nobody reads them.
        for (int further : steps_of(typename Layer::further_results{}))
            if (further >= 0) plan.last_use[static_cast<std::size_t>(further)] = Layer::step;
        if constexpr (view_operator<std::remove_cvref_t<decltype(Layer::spec)>>)
            if (sources[0] >= 0) plan.owner[step] = plan.owner[static_cast<std::size_t>(sources[0])];
        if constexpr (has_window<Layer>) plan.owner[step] = sources[kernel<Layer::spec, Layer::type>::window_of];
    }
}

/// Lets a layer write over an operand that nobody reads later.
template <std::size_t Steps, class Layer>
constexpr void share(memory_plan<Steps>& plan, Layer)
{
    if constexpr (has_spec<Layer>) {
        constexpr auto step = static_cast<std::size_t>(Layer::step);
        // An owner may itself have moved into the memory of an earlier value.
        const auto resolve = [&](int s) { return plan.owner[static_cast<std::size_t>(plan.owner[static_cast<std::size_t>(s)])]; };
        if (plan.owner[step] != Layer::step) plan.owner[step] = resolve(plan.owner[step]);
        constexpr int operand = overwritable<Layer>();
        if constexpr (operand >= 0) {
            constexpr int source = steps_of(typename Layer::operands{})[operand];
            if constexpr (source >= 0) {
                const auto owner = static_cast<std::size_t>(resolve(source));
                const bool free = !plan.pinned[owner] && plan.last_use[owner] == Layer::step && !plan.pinned[step];
                if (free && plan.owner[step] == Layer::step && plan.size[step] <= plan.size[owner]) {
                    plan.owner[step] = static_cast<int>(owner);
                    plan.last_use[owner] = plan.last_use[step];
                }
            }
        }
    }
}

/// First fit: each value gets the lowest place that no living value covers. Living values are kept in the order of their places.
/// Plan is a memory_plan, or has the same members of any length.
template <class Plan>
constexpr void place(Plan& plan)
{
    auto live = plan.offset;
    std::size_t count = 0;
    for (std::size_t i = 0; i < plan.offset.size(); ++i) {
        if (plan.owner[i] != static_cast<int>(i)) continue;
        std::size_t kept = 0, at = 0;
        for (std::size_t j = 0; j < count; ++j)
            if (plan.last_use[live[j]] >= static_cast<int>(i)) live[kept++] = live[j];
        count = kept;
        for (std::size_t j = 0; j < count && at + plan.size[i] > plan.offset[live[j]]; ++j)
            at = std::max(at, plan.offset[live[j]] + plan.size[live[j]]);
        plan.offset[i] = at;
        plan.bytes = std::max(plan.bytes, at + plan.size[i]);
        std::size_t slot = count++;
        for (; slot > 0 && plan.offset[live[slot - 1]] > at; --slot) live[slot] = live[slot - 1];
        live[slot] = i;
    }
    for (std::size_t i = 0; i < plan.offset.size(); ++i) plan.offset[i] = plan.offset[static_cast<std::size_t>(plan.owner[i])];
}

template <std::size_t Steps, class... Output>
constexpr void pin(memory_plan<Steps>& plan, list<Output...>)
{
    const auto keep = [&](int step) {
        const auto owner = static_cast<std::size_t>(plan.owner[static_cast<std::size_t>(step)]);
        plan.pinned[owner] = true;
        plan.last_use[owner] = static_cast<int>(Steps);
    };
    (keep(Output::step), ...);
}

/// Lets the next value of a state be written over the state where nobody reads that any more; otherwise it lives until the end, to be copied.
template <std::size_t Steps, class... State, class... Next>
constexpr void feed_back(memory_plan<Steps>& plan, list<feedback<State, Next>...>)
{
    const auto one = [&]<class S, class N>(feedback<S, N>) {
        constexpr auto state = static_cast<std::size_t>(S::step), next = static_cast<std::size_t>(N::step);
        const auto owner = static_cast<std::size_t>(plan.owner[next]);
        const bool alone = owner == next && !plan.pinned[next] && plan.size[next] <= plan.size[state];
        if (alone && (plan.last_use[state] < N::step || (plan.last_use[state] == N::step && overwrites<N, S>()))) plan.owner[next] = S::step;
        else plan.last_use[owner] = static_cast<int>(Steps);
    };
    (one(feedback<State, Next>{}), ...);
}

}  // namespace detail

/// Does a model have state that is fed back?
template <class Model>
concept has_feedback = requires { typename Model::kept; };

/// The plan of Model, which has steps, inputs, outputs and schedule(visit). Inputs, outputs and states keep their memory through the run.
template <class Model>
consteval auto make_plan()
{
    memory_plan<static_cast<std::size_t>(Model::steps)> plan{};
    Model::schedule([&](auto layer) { detail::see(plan, layer); });
    detail::pin(plan, typename Model::outputs{});
    if constexpr (has_feedback<Model>) detail::feed_back(plan, typename Model::kept{});
    for (std::size_t i = 0; i < plan.size.size(); ++i)
        if (plan.pinned[i]) plan.last_use[i] = Model::steps;
    Model::schedule([&](auto layer) { detail::share(plan, layer); });
    detail::place(plan);
    return plan;
}

}  // namespace cameo
