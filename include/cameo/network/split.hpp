// A network whose kernels are compiled in a separate source file (`cameo generate --split`).
#pragma once
#include <cameo/network/interface.hpp>

namespace cameo::inline CAMEO_TARGET {

/// Written by the caller before each run, or read after it, so many bytes from the beginning of the network object.
template <tensor_type Type, std::size_t Place>
struct placed {
    static constexpr tensor_type type = Type;
    static constexpr std::size_t place = Place;
};

/// Like network<>, but without its layers, which only the source file knows. Model, written by the generator, has name,
/// digest, object_bytes, weight_bytes, inputs, outputs, and run and reset of an object, which the source file defines.
template <class Model>
class split_network : public interface_of<split_network<Model>, Model> {
public:
    void run() noexcept { Model::run(object_); }
    /// Resets the state to zero, as in a new network.
    void reset() noexcept { Model::reset(object_); }

private:
    friend interface_of<split_network, Model>;

    template <class Value>
    auto* place_of() noexcept
    {
        return reinterpret_cast<element_type<Value::type.element>*>(object_ + Value::place);
    }
    template <class Value>
    const auto* place_of() const noexcept
    {
        return reinterpret_cast<const element_type<Value::type.element>*>(object_ + Value::place);
    }

    alignas(alignment) std::byte object_[Model::object_bytes] = {};
};

}  // namespace cameo::inline CAMEO_TARGET
