// The forward pass as a constant expression: plain definitions on plain storage, for static_assert.
#pragma once
#include <cameo/network/network.hpp>
#include <tuple>

namespace cameo {

namespace detail {

/// The memory of one value while the compiler evaluates; one pointer per element type, because a constant expression does not reinterpret memory.
struct buffer {
    std::tuple<float*, double*, std::int32_t*, std::int64_t*, std::uint8_t*, bool*> data{};

    template <class T>
    constexpr T*& get() { return std::get<T*>(data); }
};

template <class Model>
struct constant_pass {
    std::array<buffer, static_cast<std::size_t>(Model::steps)> buffers{};

    constexpr constant_pass()
    {
        Model::schedule([this]<class V>(V) {
            if constexpr (V::type.present()) get<V>() = new element_type<V::type.element>[index(V::type.shape.count())]{};
        });
    }
    constexpr ~constant_pass()
    {
        Model::schedule([this]<class V>(V) {
            if constexpr (V::type.present()) delete[] get<V>();
        });
    }
    constant_pass(const constant_pass&) = delete;
    constant_pass& operator=(const constant_pass&) = delete;

    template <class V>
    constexpr auto*& get() { return buffers[static_cast<std::size_t>(V::step)].template get<element_type<V::type.element>>(); }
};

}  // namespace detail

}  // namespace cameo
