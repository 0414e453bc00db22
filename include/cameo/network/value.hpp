// The values of a network that are not layers: inputs, weights, state and secondary outputs.
#pragma once
#include <cameo/core/tensor_type.hpp>
#include <cstddef>

namespace cameo::inline CAMEO_TARGET {

/// An input, which the caller fills before each run. It is in the network object.
template <tensor_type Type>
struct input {
    static constexpr tensor_type type = Type;
    static constexpr bool is_input = true;
};

/// An input with a default, a constant. A new network contains that, until the caller writes the input. A model lists
/// such inputs as `overridable_inputs`.
template <tensor_type Type, class Default>
struct overridable_input {
    static constexpr tensor_type type = Type;
    static constexpr bool is_overridable_input = true;
    using initial = Default;
};

/// An input of a nested model, which is read where it is.
template <tensor_type Type>
struct borrowed {
    static constexpr tensor_type type = Type;
    static constexpr bool is_borrowed = true;
};

/// State, which a network keeps from one run to the next: zero in a new network and after reset(). It is in the network
/// object.
template <tensor_type Type>
struct state {
    static constexpr tensor_type type = Type;
    static constexpr bool is_state = true;
};

/// A pair of a state and a result of a layer, Next, which becomes the state for the next run. A model lists them as
/// `recurrent_states`.
template <class State, class Next>
struct recurrent_state {};

/// The second or a further output of the layer that follows it in the schedule.
template <tensor_type Type>
struct secondary_output {
    static constexpr tensor_type type = Type;
};

/// Scratch memory for the layer that follows it in the schedule: a secondary output without meaning.
template <tensor_type Type>
struct scratch {
    static constexpr tensor_type type = Type;
    static constexpr bool is_scratch = true;
};

/// Read-only data. The derived struct holds them as `static constexpr T values[]`: readable, and usable in a constant
/// expression.
template <tensor_type Type>
struct constant {
    static constexpr tensor_type type = Type;
};

/// Read-only data at an offset in bytes of a blob: Blob::data() gives its address, aligned to 64 bytes.
template <tensor_type Type, class Blob, std::size_t Offset>
struct weight {
    static constexpr tensor_type type = Type;
    static const element_type<Type.element>* data() noexcept
    {
        return reinterpret_cast<const element_type<Type.element>*>(Blob::data() + Offset);
    }
};

template <class... Value>
struct list {};

}  // namespace cameo::inline CAMEO_TARGET
