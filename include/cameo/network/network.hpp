// A network: the object that holds the activations of a model and runs it.
#pragma once
#include <cameo/network/check.hpp>
#include <cameo/network/interface.hpp>
#include <cameo/network/run.hpp>

namespace cameo {

namespace detail {

/// Is a layer so small that a call would cost something beside it? Its kernel says so, and is part of run() then.
template <class Layer>
inline constexpr bool is_small = false;
template <class Layer>
    requires requires { kernel<Layer::spec, Layer::type>::small; }
inline constexpr bool is_small<Layer> = kernel<Layer::spec, Layer::type>::small;

struct ignore {
    constexpr void operator()(auto, auto) const noexcept {}
};

}  // namespace detail

/// Model, written by the generator, has name, digest, steps, weight_bytes, inputs, outputs and schedule(visit).
/// Nothing here allocates, locks, throws or calls the system. Two networks share constants only. The object holds every
/// activation (see plan.hpp), so a large network belongs in static memory or on the heap, not on the stack.
template <class Model>
class network : public interface_of<network<Model>, Model> {
public:
    static constexpr auto plan = make_plan<Model>();

    /// Does a layer have something to do, or has the plan put its operands and result where they belong?
    template <class Layer>
    static constexpr bool computes = has_window<Layer> || !plan.in_place[index(Layer::step)];

    network() noexcept { Model::schedule(detail::check_layers{}); }

    void run() noexcept { run(detail::ignore{}); }

    /// Runs, and calls observe(layer, view of its result) after each layer. The view is good during the call.
    template <class Observer>
    void run(Observer&& observe) noexcept(std::is_same_v<Observer, detail::ignore>)
    {
        if constexpr (detail::is_sound<Model>) {
            Model::schedule([&](auto value) __attribute__((always_inline)) {
                using value_type = decltype(value);
                if constexpr (has_spec<value_type>) {
                    if constexpr (detail::is_small<value_type>) run_layer<value_type>();
                    else run_apart<value_type>();
                    report<value_type>(observe);
                }
            });
            if constexpr (has_feedback<Model>) keep(typename Model::kept{});
            if constexpr (has_windows) ++runs_;
        }
    }

    /// Puts the state back to zero, as it is in a new network.
    void reset() noexcept
    {
        Model::schedule([this]<class Value>(Value) {
            if constexpr (requires { Value::is_state; }) std::fill_n(this->template place_of<Value>(), detail::stored<Value>, element_type<Value::type.element>{});
        });
        runs_ = {};
    }

    /// Calls visit(value) for each input, layer and further result, in the order of the schedule.
    static constexpr void for_each_layer(auto visit) { Model::schedule(visit); }

private:
    friend interface_of<network, Model>;
    friend detail::spans_in<network>;

    static constexpr bool has_windows = [] {
        bool any = false;
        Model::schedule([&](auto value) { any = any || has_window<decltype(value)>; });
        return any;
    }();

    /// The first element of a value. A window begins elsewhere in each run.
    template <class Value>
    auto* place_of() noexcept
    {
        if constexpr (requires { Value::values; }) return static_cast<const element_type<Value::type.element>*>(Value::values);
        else if constexpr (requires { Value::data(); }) return Value::data();
        else {
            auto* const place = reinterpret_cast<element_type<Value::type.element>*>(arena_ + plan.at(Value::step));
            if constexpr (has_window<Value>) return place + kernel<Value::spec, Value::type>::start(runs_);
            else return place;
        }
    }
    template <class Value>
    const auto* place_of() const noexcept
    {
        return const_cast<network*>(this)->template place_of<Value>();
    }

    template <class Layer>
    [[gnu::always_inline]] void run_layer() noexcept
    {
        if constexpr (computes<Layer>)
            detail::with_spans(Layer{}, typename Layer::operands{}, typename Layer::further_results{}, detail::spans_in<network>{*this},
                [](const auto&... span) __attribute__((always_inline)) { kernel<Layer::spec, Layer::type>::run(span...); });
    }
    /// In a function of its own.
    template <class Layer>
    void run_apart() noexcept
    {
        run_layer<Layer>();
    }

    /// What the next run starts from.
    template <class... State, class... Next>
    void keep(list<feedback<State, Next>...>) noexcept
    {
        const auto one = [this]<class S, class N>(feedback<S, N>) {
            if constexpr (plan.at(S::step) != plan.at(N::step)) std::copy_n(this->template place_of<N>(), detail::stored<N>, this->template place_of<S>());
        };
        (one(feedback<State, Next>{}), ...);
    }

    template <class Layer, class Observer>
    void report(Observer& observe)
    {
        if constexpr (!std::is_same_v<std::remove_cv_t<Observer>, detail::ignore>) report_results<Layer>(observe, typename Layer::further_results{});
    }
    template <class Layer, class Observer, class... Further>
    void report_results(Observer& observe, into<Further...>)
    {
        const auto one = [&]<class R>(R r) {
            if constexpr (R::type.present() && !requires { R::is_scratch; }) observe(r, view_of<R>(static_cast<const network*>(this)->template place_of<R>()));
        };
        one(Layer{});
        (one(Further{}), ...);
    }

    // The arena comes first: split.hpp says where inputs and outputs are in the object.
    alignas(alignment) std::byte arena_[plan.bytes == 0 ? 1 : plan.bytes] = {};
    [[no_unique_address]] std::conditional_t<has_windows, std::uint64_t, none> runs_{};  ///< since the state was zero
};

}  // namespace cameo
