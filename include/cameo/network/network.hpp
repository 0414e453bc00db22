// network<Model>: the object that holds the activations of a model and runs its layers.
#pragma once
#include <cameo/network/interface.hpp>
#include <cameo/network/runner.hpp>

namespace cameo::inline CAMEO_TARGET {

/// Accepts what can be called with every layer of Model and the view of its result.
template <class Model>
struct expected_function_of_layer_and_view {
    template <class Observer>
    static constexpr bool given = [] {
        bool all = true;
        if constexpr (!std::is_same_v<Observer, detail::ignore&>) {
            Model::schedule([&]<class Layer>(Layer) {
                if constexpr (has_spec<Layer> && Layer::type.present()) {
                    all = all && std::is_invocable_v<Observer, Layer, view_of<Layer>>;
                }
            });
        }
        return all;
    }();
};

/// Model, written by the generator, has name, digest, steps, weight_bytes, inputs, outputs and schedule(visit).
/// Nothing here allocates, locks, throws or calls the system. Two networks share constants only. The object holds every
/// activation (see plan.hpp), so a large network belongs in static memory or on the heap, not on the stack.
template <class Model>
class network : public interface_of<network<Model>, Model>, public detail::runner<network<Model>, Model> {
    using runner = detail::runner<network<Model>, Model>;

public:
    using runner::plan;

    network() noexcept
    {
        static_assert(cameo::is_right<first_problem<Model>>, "a layer of this header cannot be computed");
        if constexpr (requires { typename Model::overridable_inputs; }) {
            set_defaults(typename Model::overridable_inputs{});
        }
    }

    /// Runs, and calls observe(layer, view of its result) after each layer. The view is valid during the call.
    template <class Observer = detail::ignore,
        std::enable_if_t<expected_function_of_layer_and_view<Model>::template given<Observer&>, int> = 0>
    void run(Observer&& observe = {}) noexcept(std::is_same_v<Observer, detail::ignore>)
    {
        this->run_layers(observe);
        if constexpr (has_windows) {
            ++runs_;
        }
    }

#ifndef __clang__
    template <class Observer>
        requires(!expected_function_of_layer_and_view<Model>::template given<Observer&>)
    void run(Observer&&) noexcept
    {
        static_assert(expected_function_of_layer_and_view<Model>::template given<Observer&>,
            "run() takes a function of every layer and the view of its result");
    }
#endif

    /// Resets the state to zero, as in a new network. Inputs with defaults keep their values.
    void reset() noexcept
    {
        Model::schedule([this]<class Value>(Value) {
            if constexpr (requires { Value::is_state; }) {
                std::fill_n(
                    this->template place_of<Value>(), detail::stored<Value>, element_type<Value::type.element>{});
            }
        });
        runs_ = {};
        detail::keep_stores();
    }

    /// Calls visit(value) for each input, layer and secondary output, in the order of the schedule.
    static constexpr void for_each_layer(auto visit) { Model::schedule(visit); }

private:
    friend interface_of<network, Model>;
    friend runner;
    friend detail::spans_in<network>;

    static constexpr bool has_windows = [] {
        bool any = false;
        Model::schedule([&](auto value) { any = any || has_window<decltype(value)>; });
        return any;
    }();

    template <class... Setting>
    void set_defaults(list<Setting...>) noexcept
    {
        (std::copy_n(place_of<typename Setting::initial>(), detail::stored<Setting>, place_of<Setting>()), ...);
        detail::keep_stores();
    }

    /// Returns the first element of a value. A window begins elsewhere in each run.
    template <class Value>
    auto* place_of() noexcept
    {
        if constexpr (!detail::scheduled<Value>) {
            return detail::constant_data<Value>();
        } else {
            auto* const place = reinterpret_cast<element_type<Value::type.element>*>(arena_ + plan.at(Value::step));
            if constexpr (has_window<Value>) {
                return place + kernel<Value::spec, Value::type>::start(runs_);
            } else {
                return place;
            }
        }
    }
    template <class Value>
    const auto* place_of() const noexcept
    {
        return const_cast<network*>(this)->template place_of<Value>();
    }

    // The arena comes first: split.hpp says where inputs and outputs are in the object.
    alignas(alignment) std::byte arena_[plan.bytes == 0 ? 1 : plan.bytes] = {};
    [[no_unique_address]] std::conditional_t<has_windows, std::uint64_t, none> runs_{};  ///< since the state was zero
};

}  // namespace cameo::inline CAMEO_TARGET
