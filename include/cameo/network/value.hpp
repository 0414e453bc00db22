// The values of a network that are not layers: inputs, weights, state and secondary outputs.
#pragma once
#include <cameo/core/tensor_type.hpp>
#include <cstddef>

namespace cameo::inline CAMEO_TARGET {

/// Filled by the caller before each run. Lives in the network object.
template <tensor_type Type>
struct input {
    static constexpr tensor_type type = Type;
    static constexpr bool is_input = true;
};

/// An input with a default, a constant: so it is in a new network, and stays as the caller writes it. A model lists
/// them as `settings`.
template <tensor_type Type, class Default>
struct setting {
    static constexpr tensor_type type = Type;
    static constexpr bool is_setting = true;
    using initial = Default;
};

/// An input of a model that a layer of another runs: read where it lies.
template <tensor_type Type>
struct borrowed {
    static constexpr tensor_type type = Type;
    static constexpr bool is_borrowed = true;
};

/// What a network keeps from one run to the next: zero in a new network and after reset(). Lives in the network object.
template <tensor_type Type>
struct state {
    static constexpr tensor_type type = Type;
    static constexpr bool is_state = true;
};

/// State is in the next run what Next, a result of a layer, is in this one. A model lists them as `kept`.
template <class State, class Next>
struct feedback {};

/// The second or a further result of the layer that follows it in the schedule.
template <tensor_type Type>
struct further_result {
    static constexpr tensor_type type = Type;
};

/// Memory for the layer that follows it in the schedule to work in: a further result that says nothing.
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
