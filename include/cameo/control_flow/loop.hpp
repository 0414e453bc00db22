// Loop and Scan: run a nested model for each iteration, carry its state, and collect its outputs.
#pragma once
#include <cameo/control_flow/nested.hpp>
#include <limits>

namespace cameo::inline CAMEO_TARGET {

struct loop_attributes {
    dim count = -1;             ///< of iterations at most; -1 where only an operand says
    std::size_t sequences = 0;  ///< operands of which each iteration reads its part
    dim capacity = -1;  ///< parts that there is room for in what is collected; -1: as many as there are iterations

    static constexpr void each(auto visit)
    {
        visit("count", &loop_attributes::count);
        visit("sequences", &loop_attributes::sequences);
        visit("capacity", &loop_attributes::capacity);
    }
    constexpr bool counts() const { return capacity >= 0; }
    constexpr dim parts() const { return counts() ? capacity : count; }
};

struct loop_spec {
    using attributes = loop_attributes;
    template <loop_attributes Attributes, class Body>
    static constexpr auto results(list<Body>);
};

enum class loop_problem {
    none,
    trip_count_must_be_one_integer,
    condition_must_be_one_boolean,
    body_must_read_the_operands,
    body_must_give_the_results,
    body_must_fit_the_memory,
};

/// Stacks the parts of all iterations along a new first axis.
constexpr tensor_type collected(const tensor_type& part, dim count)
{
    tensor_type all = part;
    all.shape = {count};
    for (int axis = 0; axis < part.shape.rank; ++axis) {
        all.shape.append(part.shape[axis]);
    }
    return all;
}

namespace detail {

template <class... State, class... Next>
list<State...> states_of(list<recurrent_state<State, Next>...>);
template <class Model>
struct states {
    using type = list<>;
};
template <has_recurrent_states Model>
struct states<Model> {
    using type = decltype(states_of(typename Model::recurrent_states{}));
};

template <class List>
struct first_of_list;
template <class First, class... Rest>
struct first_of_list<list<First, Rest...>> {
    using type = First;
};

}  // namespace detail

/// States at the end, what is collected, and with a capacity the number of iterations.
template <loop_attributes Attributes, class Body>
constexpr auto loop_spec::results(list<Body>)
{
    constexpr auto states = detail::types_of(typename detail::states<Body>::type{});
    constexpr auto parts = detail::types_of(typename detail::without_first<1, typename Body::outputs>::type{});
    std::array<tensor_type, states.size() + parts.size() + (Attributes.counts() ? 1 : 0)> all{};
    auto to = std::copy(states.begin(), states.end(), all.begin());
    to = std::transform(
        parts.begin(), parts.end(), to, [](const tensor_type& part) { return collected(part, Attributes.parts()); });
    std::fill(to, all.end(), i64<>);
    return all;
}

/// ONNX Loop, opsets 1 to 25, and Scan, opsets 8 to 25, along first axes. Operands: the trip count (or none), the
/// condition (or none), what the states of the body are at first, sequences, captured values. The body reads the
/// iteration's number, the condition, a part of each sequence and captured values; its outputs are the condition and
/// what is collected. Results: the states at the end; what was collected, of as many parts as there are iterations, or
/// with a capacity the number of iterations behind it; memory for the body.
template <auto Result, class Operands, class Models, loop_attributes Attributes, class Secondary>
struct loop;

/// A layer of a network whose extents are template parameters.
template <storage Storage, class Operands, class Models, loop_attributes Attributes, class Secondary>
struct loop<Storage, Operands, Models, Attributes, Secondary>
    : loop<derived_from_models<0, loop_spec, Models, Attributes>, Operands, Models, Attributes, Secondary> {};

template <tensor_type Result, class Count, class Condition, class... Operand, class Body, loop_attributes Attributes,
    class... Secondary>
struct loop<Result, from<Count, Condition, Operand...>, list<Body>, Attributes, into<Secondary...>> {
    static constexpr tensor_type type = Result;
    using spec_type = loop_spec;
    static constexpr loop_spec spec{};
    using operands = from<Count, Condition, Operand...>;
    using secondary_outputs = into<Secondary...>;
    using models = list<Body>;

    static constexpr auto status()
    {
        using enum loop_problem;
        if (Count::type.present() && (Count::type.element != element::int64 || Count::type.shape.count() != 1)) {
            return trip_count_must_be_one_integer;
        }
        if (Condition::type.present() &&
            (Condition::type.element != element::boolean || Condition::type.shape.count() != 1)) {
            return condition_must_be_one_boolean;
        }
        if (!reads_the_operands()) {
            return body_must_read_the_operands;
        }
        if (!gives_the_results()) {
            return body_must_give_the_results;
        }
        return bytes(memory::type) < nested_bytes(models{}) ? body_must_fit_the_memory : none;
    }
    static constexpr layer_problem declaration() { return layer_problem::none; }

    /// Runs the loop. Layer, which derives from this class, has its place in `network`.
    template <class Layer>
    static void run(const auto& network) noexcept
    {
        const std::array<const void*, sizeof...(Operand)> places{network.template source<Operand>().data()...};
        dim number = 0;
        bool condition = true;
        if constexpr (Condition::type.present()) {
            condition = network.template source<Condition>()[0];
        }
        typename nested<Body>::places inputs{&number, &condition};
        std::copy(places.begin() + kept, places.end(), inputs.begin() + 2);
        nested<Body> body(reinterpret_cast<std::byte*>(network.template target<memory>().data()), inputs);
        detail::zip(states{}, list<Operand...>{}, [&]<class State, class Initial>(State, Initial) {
            std::copy_n(
                network.template source<Initial>().data(), detail::stored<State>, body.template place_of<State>());
        });
        if constexpr (Attributes.counts()) {
            detail::zip(parts{}, collections<Layer>{}, [&]<class Part, class All>(Part, All) { clear<All>(network); });
        }
        for (const dim end = limit(network); number < end && condition; ++number) {
            for (std::size_t k = 0; k < Attributes.sequences; ++k) {
                body.set_input(
                    2 + k, static_cast<const std::byte*>(places[kept + k]) + index(number) * bytes(body_inputs[2 + k]));
            }
            body.run();
            condition = body.template place_of<next_condition>()[0];
            if (number < Attributes.parts()) {
                detail::zip(parts{}, collections<Layer>{},
                    [&]<class Part, class All>(Part, All) { detail::copy_out<All, Part>(body, network, number); });
            }
        }
        detail::zip(states{}, list<Layer, Secondary...>{},
            [&]<class State, class Last>(State, Last) { detail::copy_out<Last, State>(body, network); });
        if constexpr (Attributes.counts()) {
            using iterations = typename detail::first_of_list<
                typename detail::without_first<detail::count(parts{}), collections<Layer>>::type>::type;
            if constexpr (iterations::type.present()) {
                network.template target<iterations>()[0] = number;
            }
        }
    }

private:
    using memory = typename detail::last_of<Secondary...>::type;
    using states = typename detail::states<Body>::type;
    static constexpr std::size_t kept = detail::count(states{});
    using next_condition = typename detail::first_of_list<typename Body::outputs>::type;
    using parts = typename detail::without_first<1, typename Body::outputs>::type;
    /// The results that collect a part in each iteration.
    template <class Layer>
    using collections = typename detail::without_first<kept, list<Layer, Secondary...>>::type;
    static constexpr auto body_inputs = detail::types_of(typename Body::inputs{});

    template <class Value>
    static void clear(const auto& network) noexcept
    {
        if constexpr (Value::type.present()) {
            std::ranges::fill(network.template target<Value>(), element_type<Value::type.element>{});
        }
    }

    static dim limit(const auto& network) noexcept
    {
        constexpr dim most = Attributes.count < 0 ? std::numeric_limits<dim>::max() : Attributes.count;
        if constexpr (Count::type.present()) {
            return std::min<dim>(most, network.template source<Count>()[0]);
        } else {
            return most;
        }
    }

    static constexpr bool reads_the_operands()
    {
        const std::array<tensor_type, 2 + sizeof...(Operand)> given{i64<>, boolean<>, Operand::type...};
        constexpr auto initial = detail::types_of(states{});
        if (body_inputs.size() + kept != given.size() ||
            !std::equal(initial.begin(), initial.end(), given.begin() + 2)) {
            return false;
        }
        for (std::size_t k = 0; k < body_inputs.size(); ++k) {
            const bool is_part = k >= 2 && k < 2 + Attributes.sequences;
            const tensor_type& of = given[k < 2 ? k : kept + k];
            if ((is_part ? collected(body_inputs[k], Attributes.count) : body_inputs[k]) != of) {
                return false;
            }
        }
        return true;
    }
    static constexpr bool gives_the_results()
    {
        const std::array<tensor_type, 1 + sizeof...(Secondary)> taken{Result, Secondary::type...};
        constexpr auto last = detail::types_of(states{});
        constexpr auto part = detail::types_of(parts{});
        const std::size_t values = kept + part.size();
        if (values + (Attributes.counts() ? 2 : 1) != taken.size()) {
            return false;
        }
        for (std::size_t k = 0; k < values; ++k) {
            if (taken[k].present() &&
                taken[k] != (k < kept ? last[k] : collected(part[k - kept], Attributes.parts()))) {
                return false;
            }
        }
        return !Attributes.counts() || !taken[values].present() || taken[values] == i64<>;
    }
};

}  // namespace cameo::inline CAMEO_TARGET
