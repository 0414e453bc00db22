// Runs the layers of a model in the order of its schedule, for networks and for models nested in layers.
#pragma once
#include <cameo/core/keep_stores.hpp>
#include <cameo/network/check.hpp>
#include <cameo/network/run.hpp>

namespace cameo::inline CAMEO_TARGET::detail {

/// Tells whether a layer is so small that a call would cost something beside it. Its kernel says so, and is then
/// inlined into run().
template <class Layer>
inline constexpr bool is_small = false;
template <class Layer>
    requires requires { kernel<Layer::spec, Layer::type>::small; }
inline constexpr bool is_small<Layer> = kernel<Layer::spec, Layer::type>::small;

/// A function that layers of the same geometry share. Functions that a kernel calls are inlined into it, unless they
/// are separate on purpose.
template <auto Spec, tensor_type Result, class... Span>
[[gnu::flatten]] void compute(const Span&... operands_and_results) noexcept
{
    kernel<Spec, Result>::run(operands_and_results...);
    keep_stores();
}

struct ignore {
    constexpr void operator()(auto, auto) const noexcept {}
};

/// Returns the elements of a constant.
template <class Constant>
const element_type<Constant::type.element>* constant_data() noexcept
{
    if constexpr (is_computed<Constant>) {
        return computed_elements<Constant>.data();
    } else if constexpr (requires { Constant::values; }) {
        return Constant::values;
    } else {
        return Constant::data();
    }
}

/// The base of Self, which has place_of<Value>(), the first element of a value.
template <class Self, class Model>
class runner {
public:
    static constexpr auto plan = make_plan<Model>();

    /// Tells whether a layer has anything to do, or the plan has put its operands and result where they belong.
    template <class Layer>
    static constexpr bool computes =
        has_window<Layer> || (makes_elements<Layer> && !is_computed<Layer> && !plan.in_place[index(Layer::step)]);

protected:
    /// Runs every layer, and then keeps the state for the next run.
    template <class Observer>
    [[gnu::flatten]] void run_layers(Observer& observe) noexcept(std::is_same_v<std::remove_cv_t<Observer>, ignore>)
    {
        if constexpr (is_right<first_problem<Model>>) {
            keep_stores();
            Model::schedule([&](auto value) __attribute__((always_inline)) {
                using value_type = decltype(value);
                if constexpr (has_spec<value_type>) {
                    if constexpr (is_small<value_type>) {
                        run_layer<value_type>();
                    } else if constexpr (has_models<value_type> || computes<value_type>) {
                        run_apart<value_type>();
                    }
                    if constexpr (!std::is_same_v<std::remove_cv_t<Observer>, ignore>) {
                        report<value_type>(observe, typename value_type::secondary_outputs{});
                    }
                }
            });
            if constexpr (has_recurrent_states<Model>) {
                keep(typename Model::recurrent_states{});
            }
        }
    }

private:
    Self& self() noexcept { return static_cast<Self&>(*this); }

    template <class Layer>
    [[gnu::always_inline]] void run_layer() noexcept
    {
        if constexpr (has_models<Layer>) {
            Layer::template run<Layer>(spans_in<Self>{self()});
        } else if constexpr (computes<Layer>) {
            with_spans(Layer{}, typename Layer::operands{}, typename Layer::secondary_outputs{}, spans_in<Self>{self()},
                [](const auto&... span) __attribute__((always_inline)) {
                    if constexpr (is_small<Layer>) {
                        kernel<Layer::spec, Layer::type>::run(span...);
                    } else {
                        compute<Layer::spec, Layer::type>(span...);
                    }
                });
        }
    }
    /// Runs a layer in a function of its own.
    template <class Layer>
    [[gnu::noinline]] void run_apart() noexcept
    {
        run_layer<Layer>();
        keep_stores();
    }

    /// Copies the state from which the next run starts.
    template <class... State, class... Next>
    void keep(list<recurrent_state<State, Next>...>) noexcept
    {
        const auto one = [this]<class S, class N>(recurrent_state<S, N>) {
            if constexpr (plan.at(S::step) != plan.at(N::step)) {
                std::copy_n(self().template place_of<N>(), stored<N>, self().template place_of<S>());
            }
        };
        (one(recurrent_state<State, Next>{}), ...);
    }

    template <class Layer, class Observer, class... Secondary>
    void report(Observer& observe, into<Secondary...>)
    {
        const auto one = [&]<class R>(R r) {
            if constexpr (R::type.present() && !requires { R::is_scratch; }) {
                observe(r, view_of<R>(static_cast<const Self&>(self()).template place_of<R>()));
            }
        };
        one(Layer{});
        (one(Secondary{}), ...);
    }
};

}  // namespace cameo::inline CAMEO_TARGET::detail
