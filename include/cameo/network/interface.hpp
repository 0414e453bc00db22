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

/// The only value of a list; void for longer lists.
template <class List>
using only_value = typename decltype(only_of(List{}))::type;

/// The argument that fills an input. It has as many elements as the input, which the compiler checks if the caller's
/// type tells.
template <class Input>
struct argument_of {
    using type = std::span<const element_type<Input::type.element>, stored<Input>>;
};
template <>
struct argument_of<void> {
    using type = list<>;
};

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

public:
    using model = Model;

    /// Returns the memory that the caller fills before run(). An input with a default contains it until the caller
    /// writes it.
    template <class Input>
    auto input() noexcept
    {
        static_assert(
            detail::contains<Input>(typename Model::inputs{}) || requires { Input::is_overridable_input; },
            "not an input of this network");
        return view<Input::type, element_type<Input::type.element>>(self().template place_of<Input>());
    }
    /// Returns a result of the last run().
    template <class Output>
    auto output() const noexcept
    {
        static_assert(detail::contains<Output>(typename Model::outputs{}),
            "not an output of this network: only outputs keep their memory");
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
