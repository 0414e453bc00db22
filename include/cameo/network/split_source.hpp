// The source file of a split network: it treats the bytes that the interface reserves as its network<>.
#pragma once
#include <cameo/network/network.hpp>
#include <cameo/network/split.hpp>
#include <new>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

template <class Network, class... Placed, class... Value>
constexpr bool same_places(list<Placed...>, list<Value...>)
{
    return ((Placed::type == Value::type && Placed::place == Network::plan.at(Value::step)) && ...);
}

}  // namespace detail

/// Tells whether an object of Network, zeroed at first, agrees with the interface of Model.
template <class Model, class Network>
inline constexpr bool is_split_of =
    sizeof(Network) == Model::object_bytes && alignof(Network) == alignment && std::is_trivially_copyable_v<Network> &&
    detail::same_places<Network>(typename Model::inputs{}, typename Network::model::inputs{}) &&
    detail::same_places<Network>(typename Model::outputs{}, typename Network::model::outputs{});

/// Returns the network in an object of its interface.
template <class Network>
Network& network_in(std::byte* object) noexcept
{
    return *std::launder(reinterpret_cast<Network*>(object));
}

}  // namespace cameo::inline CAMEO_TARGET
