// What callers see of a network: inputs, outputs and the call. It includes no operator and no kernel.
#pragma once
#include <algorithm>
#include <cameo/core/keep_stores.hpp>
#include <cameo/core/view.hpp>
#include <cameo/network/value.hpp>
#include <string_view>
#include <utility>

namespace cameo::inline CAMEO_TARGET {

/// The version of what generated headers rely on: names, template parameters and storage.
inline constexpr int abi = 3;

/// Values start at multiples of this many bytes: a cache line, and the widest vector.
inline constexpr std::size_t alignment = 64;

namespace detail {

template <class Value>
inline constexpr std::size_t stored = index(stored_count(Value::type));

template <class... Value>
expected_one_of<Value...> one_of(list<Value...>);
template <class... Input, class... Overridable>
expected_one_of<Input..., Overridable...> one_of(list<Input...>, list<Overridable...>);

/// What input() and output() accept.
template <class Model>
struct expected_input_of {
    using type = decltype(one_of(typename Model::inputs{}));
};
template <class Model>
    requires requires { typename Model::overridable_inputs; }
struct expected_input_of<Model> {
    using type = decltype(one_of(typename Model::inputs{}, typename Model::overridable_inputs{}));
};
template <class Model>
using expected_input = typename expected_input_of<Model>::type;
template <class Model>
using expected_output = decltype(one_of(typename Model::outputs{}));

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

/// The only value of a list; void for longer lists.
template <class List>
using only_value = typename decltype(only_of(List{}))::type;

/// A span whose arguments messages of a compiler spell out.
template <class T, std::size_t Size>
struct span_of {
    using type = std::span<T, Size>;
};

/// The argument that fills an input. It has as many elements as the input, which the compiler checks if the caller's
/// type tells.
template <class Input>
struct argument_of : span_of<const element_type<Input::type.element>, stored<Input>> {};
template <>
struct argument_of<void> {
    using type = list<>;
};

/// A view to go on with after an error, so that it stays the only one.
template <class Given>
auto view_after_error()
{
    if constexpr (requires { Given::type.element; }) {
        return view<Given::type, element_type<Given::type.element>>(nullptr);
    }
}

}  // namespace detail

/// The data from which an input is filled.
template <class Input>
using argument_of = typename detail::argument_of<Input>::type;

/// The base of a network of Model, which has inputs and outputs. Network has run() and place_of<Value>(), the first
/// element of a value.
template <class Network, class Model>
class interface_of {
    using only_input = detail::only_value<typename Model::inputs>;
    using only_output = detail::only_value<typename Model::outputs>;
    using expected_input = detail::expected_input<Model>;
    using expected_output = detail::expected_output<Model>;
    using expected_argument = expected_arguments<argument_of<only_input>>;

public:
    using model = Model;

    /// Returns the memory that the caller fills before run(). An input with a default contains it until the caller
    /// writes it.
    template <class Input, std::enable_if_t<expected_input::template given<Input>, int> = 0>
    auto input() noexcept
    {
        return view<Input::type, element_type<Input::type.element>>(self().template place_of<Input>());
    }
    /// Returns a result of the last run(). Only outputs keep their memory.
    template <class Output, std::enable_if_t<expected_output::template given<Output>, int> = 0>
    auto output() const noexcept
    {
        return view_of<Output>(static_cast<const Network&>(*this).template place_of<Output>());
    }

    /// Runs a network with one input and one output.
    auto operator()(argument_of<only_input> x) noexcept
        requires(!std::is_void_v<only_input> && !std::is_void_v<only_output>)
    {
        fill<only_input>(x);
        self().run();
        return output<only_output>();
    }

#ifndef __clang__
    template <class Input = nothing>
        requires(!expected_input::template given<Input>)
    auto input() noexcept
    {
        static_assert(expected_input::template given<Input>, "not an input of this network");
        return detail::view_after_error<Input>();
    }
    template <class Output = nothing>
        requires(!expected_output::template given<Output>)
    auto output() const noexcept
    {
        static_assert(
            expected_output::template given<Output>, "not an output of this network: only outputs keep their memory");
        return detail::view_after_error<Output>();
    }
    template <class... Given>
        requires(
            !std::is_void_v<only_input> && !std::is_void_v<only_output> && !expected_argument::template given<Given...>)
    auto operator()(Given&&...) noexcept
    {
        static_assert(expected_argument::template given<Given...>,
            "the network takes an array or a span with the elements of its input, in their number and type");
        return detail::view_after_error<only_output>();
    }
#endif

protected:
    template <class Input>
    void fill(argument_of<Input> x) noexcept
    {
        detail::keep_stores();
        std::copy(x.begin(), x.end(), self().template place_of<Input>());
    }

private:
    Network& self() noexcept { return static_cast<Network&>(*this); }
};

}  // namespace cameo::inline CAMEO_TARGET
