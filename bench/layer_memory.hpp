// Allocates the memory of one layer of a generated network, and calls its kernel as the network does.
#pragma once
#include <cameo/cameo.hpp>
#include <cstddef>
#include <memory>
#include <random>
#include <type_traits>
#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace bench {

/// Values lie where the network's plan puts them, so that caches see the same distances; a result may be written over
/// an operand. Weights are the network's own.
template <class Network>
class layer_memory {
public:
    layer_memory()
    {
#if defined(__SSE2__)
        _mm_setcsr(
            _mm_getcsr() |
            0x8040U);  // what a layer writes over its operand, call after call, may shrink: denormals are taken as zero
#endif
    }

    /// Fills floating-point operands with random numbers in [-1, 1), others with zeros: most of these are indices.
    template <class Layer>
    void fill()
    {
        fill(typename Layer::operands{});
    }

    template <class Layer>
    [[gnu::noinline]] void run() noexcept
    {
        cameo::detail::with_spans(Layer{}, typename Layer::operands{}, typename Layer::secondary_outputs{},
            cameo::detail::spans_in<layer_memory>{*this},
            [](const auto&... span) { cameo::kernel<Layer::spec, Layer::type>::run(span...); });
        asm volatile("" : : "r"(arena_.get()) : "memory");
    }

    /// Counts the bytes of operands and results, which a call must at least read and write.
    template <class Layer>
    static constexpr std::size_t bytes()
    {
        constexpr std::size_t operands = bytes_of(typename Layer::operands{});
        if constexpr (cameo::has_window<Layer>) {
            return operands - cameo::bytes(Layer::spec.past);  // what it writes is as much as it reads, at most
        } else {
            return operands + cameo::bytes(Layer::type) + bytes_of(typename Layer::secondary_outputs{});
        }
    }

private:
    friend cameo::detail::spans_in<layer_memory>;

    template <class Value>
    using element = cameo::element_type<Value::type.element>;

    template <class Value>
    auto* place_of() noexcept
    {
        if constexpr (requires { Value::values; }) {
            return static_cast<const element<Value>*>(Value::values);
        } else if constexpr (requires { Value::data(); }) {
            return Value::data();
        } else {
            return reinterpret_cast<element<Value>*>(&arena_[Network::plan.at(Value::step) / sizeof(line)]) +
                   start<Value>();
        }
    }

    template <class Value>
    static constexpr cameo::dim start()
    {
        if constexpr (cameo::has_window<Value>) {
            return cameo::kernel<Value::spec, Value::type>::start(0);
        } else {
            return 0;
        }
    }

    template <class... Operand>
    void fill(cameo::from<Operand...>)
    {
        (fill_one<Operand>(), ...);
    }

    template <class Value>
    void fill_one()
    {
        if constexpr (requires { Value::step; }) {
            using T = element<Value>;
            T* const first = place_of<Value>();
            for (std::size_t i = 0; i < cameo::detail::stored<Value>; ++i) {
                if constexpr (std::is_floating_point_v<T>) {
                    first[i] = std::uniform_real_distribution<T>(-1, 1)(random_);
                } else {
                    first[i] = T{};
                }
            }
        }
    }

    template <template <class...> class List, class... Value>
    static constexpr std::size_t bytes_of(List<Value...>)
    {
        return (std::size_t{0} + ... + (requires { Value::is_scratch; } ? 0 : cameo::bytes(Value::type)));
    }

    struct alignas(cameo::alignment) line {
        std::byte bytes[cameo::alignment];
    };
    std::unique_ptr<line[]> arena_{new line[Network::plan.bytes / sizeof(line) + 1]()};
    std::minstd_rand random_;
};

}  // namespace bench
