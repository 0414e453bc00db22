// A network: the object that holds the activations of a model and runs it.
#pragma once
#include <cameo/core/view.hpp>
#include <cameo/network/check.hpp>
#include <cameo/network/run.hpp>

namespace cameo {

/// The version of what generated headers rely on: names, template parameters and storage.
inline constexpr int abi = 1;

namespace detail {

template <class Type, class... Listed>
constexpr bool contains(list<Listed...>)
{
    return (std::is_same_v<Type, Listed> || ...);
}

template <class... Value>
struct only {
    using type = void;
};
template <class Value>
struct only<Value> {
    using type = Value;
};
template <class... Value>
only<Value...> only_of(list<Value...>);

/// The value of a list of one; void for longer lists.
template <class List>
using only_value = typename decltype(only_of(List{}))::type;

/// The argument that fills an input: as many elements as it has, checked by the compiler where the caller's type tells.
template <class Input>
struct argument_of {
    using type = std::span<const element_type<Input::type.element>, stored<Input>>;
};
template <>
struct argument_of<void> {
    using type = none;
};

struct ignore {
    constexpr void operator()(auto, auto) const noexcept {}
};

}  // namespace detail

/// What an input is filled from.
template <class Input>
using argument_of = typename detail::argument_of<Input>::type;

/// Model, written by the generator, has name, digest, steps, weight_bytes, inputs, outputs and schedule(visit).
/// Nothing here allocates, locks, throws or calls the system. Two networks share constants only. The object holds every
/// activation (see plan.hpp), so a large network belongs in static memory or on the heap, not on the stack.
template <class Model>
class network {
    using only_input = detail::only_value<typename Model::inputs>;
    using only_output = detail::only_value<typename Model::outputs>;

public:
    using model = Model;
    static constexpr auto plan = make_plan<Model>();

    network() noexcept { Model::schedule(detail::check_layers{}); }

    /// The place that the caller fills before run().
    template <class Input>
    auto input() noexcept
    {
        static_assert(detail::contains<Input>(typename Model::inputs{}), "not an input of this network");
        return view<Input::type, element_type<Input::type.element>>(data<Input>());
    }
    /// A result of the last run().
    template <class Output>
    auto output() const noexcept
    {
        static_assert(detail::contains<Output>(typename Model::outputs{}), "not an output of this network: only outputs keep their memory");
        return view_of<Output>(data<Output>());
    }

    void run() noexcept { run(detail::ignore{}); }

    /// Runs, and calls observe(layer, view of its result) after each layer. The view is good during the call.
    template <class Observer>
    void run(Observer&& observe) noexcept(std::is_same_v<Observer, detail::ignore>)
    {
        Model::schedule([&](auto value) {
            using value_type = decltype(value);
            if constexpr (has_spec<value_type>) {
                run_layer<value_type>();
                report<value_type>(observe);
            }
        });
        if constexpr (has_feedback<Model>) keep(typename Model::kept{});
        if constexpr (has_windows) ++runs_;
    }

    /// Puts the state back to zero, as it is in a new network.
    void reset() noexcept
    {
        Model::schedule([this]<class Value>(Value) {
            if constexpr (requires { Value::is_state; }) std::fill_n(this->template data<Value>(), detail::stored<Value>, element_type<Value::type.element>{});
        });
        runs_ = {};
    }

    /// The forward pass of a network with one input and one output.
    auto operator()(argument_of<only_input> x) noexcept
        requires(!std::is_void_v<only_input> && !std::is_void_v<only_output>)
    {
        fill<only_input>(x);
        run();
        return output<only_output>();
    }

    /// Calls visit(value) for each input, layer and further result, in the order of the schedule.
    static constexpr void for_each_layer(auto visit) { Model::schedule(visit); }

protected:
    template <class Input>
    void fill(argument_of<Input> x) noexcept
    {
        std::copy(x.begin(), x.end(), data<Input>());
    }

private:
    static constexpr bool has_windows = [] {
        bool any = false;
        Model::schedule([&](auto value) { any = any || has_window<decltype(value)>; });
        return any;
    }();

    /// Elements from the beginning of the memory of a value to its own.
    template <class Value>
    dim start() const noexcept
    {
        if constexpr (has_window<Value>) return kernel<Value::spec, Value::type>::start(runs_);
        else return 0;
    }

    template <class Value>
    auto* data() noexcept
    {
        return reinterpret_cast<element_type<Value::type.element>*>(arena_ + plan.at(Value::step)) + start<Value>();
    }
    template <class Value>
    const auto* data() const noexcept
    {
        if constexpr (requires { Value::values; }) return static_cast<const element_type<Value::type.element>*>(Value::values);
        else if constexpr (requires { Value::data(); }) return Value::data();
        else return reinterpret_cast<const element_type<Value::type.element>*>(arena_ + plan.at(Value::step)) + start<Value>();
    }

    template <class Layer>
    void run_layer() noexcept
    {
        if constexpr (!view_operator<typename Layer::spec_type>) {
            detail::with_spans(Layer{}, typename Layer::operands{}, typename Layer::further_results{},
                [this]<class O>(O) { return static_cast<const network*>(this)->template data<O>(); },
                [this]<class R>(R) {
                    detail::clear_halo<R::type>(this->template data<R>());
                    return this->template data<R>();
                },
                [](const auto&... span) { kernel<Layer::spec, Layer::type>::run(span...); });
        }
    }

    /// What the next run starts from.
    template <class... State, class... Next>
    void keep(list<feedback<State, Next>...>) noexcept
    {
        const auto one = [this]<class S, class N>(feedback<S, N>) {
            if constexpr (plan.at(S::step) != plan.at(N::step)) std::copy_n(this->template data<N>(), detail::stored<N>, this->template data<S>());
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
            if constexpr (R::type.present() && !requires { R::is_scratch; }) observe(r, view_of<R>(static_cast<const network*>(this)->template data<R>()));
        };
        one(Layer{});
        (one(Further{}), ...);
    }

    [[no_unique_address]] std::conditional_t<has_windows, std::uint64_t, none> runs_{};  ///< since the state was zero
    alignas(alignment) std::byte arena_[plan.bytes == 0 ? 1 : plan.bytes] = {};
};

}  // namespace cameo
