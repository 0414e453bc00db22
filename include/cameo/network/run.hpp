// One layer in a network: the types of its operands and results become the spans that its kernel takes.
#pragma once
#include <cameo/network/interface.hpp>
#include <cameo/op/layer.hpp>
#include <algorithm>

namespace cameo::detail {

/// An operand or result that the layer does not name, up to the number that its operator takes.
template <std::size_t>
struct unnamed : none {};

template <class... Value, std::size_t... More>
list<Value..., unnamed<More>...> pad(list<Value...>, std::index_sequence<More...>);

template <std::size_t Count, class... Value>
using padded = decltype(pad(list<Value...>{}, std::make_index_sequence<(Count > sizeof...(Value) ? Count - sizeof...(Value) : 0)>{}));

template <class Spec, class Source, class Target, class... Operand, class... Result>
[[gnu::always_inline]] constexpr void call(list<Operand...>, list<Result...>, Source source, Target target, auto compute)
{
    if constexpr (variadic<Spec>) {
        const std::array all{source(Operand{})...};
        using span = typename decltype(all)::value_type;
        compute(std::span<const span>(all), target(Result{})...);
    }
    else compute(source(Operand{})..., target(Result{})...);
}

/// Calls compute(operands…, results…) with a span for each; read(O) and write(R) give the first element of a value.
template <class Layer, class... Operand, class... Further>
[[gnu::always_inline]] constexpr void with_spans(Layer, from<Operand...>, into<Further...>, auto read, auto write, auto compute)
{
    using spec = typename Layer::spec_type;
    const auto source = [&]<class O>(O o) __attribute__((always_inline)) {
        if constexpr (O::type.present()) return std::span<const element_type<O::type.element>>(read(o), stored<O>);
        else return nothing{};
    };
    const auto target = [&]<class R>(R r) __attribute__((always_inline)) {
        if constexpr (R::type.present()) return std::span<element_type<R::type.element>>(write(r), stored<R>);
        else return nothing{};
    };
    constexpr std::size_t operands = variadic<spec> ? sizeof...(Operand) : operand_count<spec>;
    call<spec>(padded<operands, Operand...>{}, padded<result_count<spec>, Layer, Further...>{}, source, target, compute);
}

/// Fills the halo around the rows and columns of a value.
template <tensor_type Type, class T>
constexpr void clear_halo(T* data)
{
    if constexpr (Type.storage.halo != halo{}) {
        constexpr T fill = static_cast<T>(Type.storage.fill);
        constexpr stored_extents e(Type);
        for (dim plane = 0; plane < e.planes(); ++plane, data += e.plane()) {
            T* end = data;  // of the row before
            for (dim row = 0; row < e.rows; ++row) {
                T* const first = data + e.place(0, 0, row);
                std::fill(end, first, fill);
                end = first + e.columns * e.block;
            }
            std::fill(end, data + e.plane(), fill);
        }
    }
}

}  // namespace cameo::detail
