// Runs one layer: passes the operands and results in the arena to its kernel as spans.
#pragma once
#include <algorithm>
#include <cameo/network/interface.hpp>
#include <cameo/op/layer.hpp>

namespace cameo::inline CAMEO_TARGET::detail {

/// An operand or result that the layer does not name, up to the number that its operator takes.
template <std::size_t>
using unnamed = none;

template <class... Value, std::size_t... More>
list<Value..., unnamed<More>...> pad(list<Value...>, std::index_sequence<More...>);

template <std::size_t Count, class... Value>
using padded = decltype(pad(
    list<Value...>{}, std::make_index_sequence<(Count > sizeof...(Value) ? Count - sizeof...(Value) : 0)>{}));

template <class Spec, class... Operand, class... Result>
[[gnu::always_inline]] constexpr void call(list<Operand...>, list<Result...>, const auto& memory, auto compute)
{
    if constexpr (variadic<Spec>) {
        const std::array all{memory.template source<Operand>()...};
        using span = typename decltype(all)::value_type;
        compute(std::span<const span>(all), memory.template target<Result>()...);
    } else {
        compute(memory.template source<Operand>()..., memory.template target<Result>()...);
    }
}

/// Calls compute(operands…, results…) with what memory.source<Operand>() and memory.target<Result>() give: a span, or
/// `nothing` for an absent one.
template <class Layer, class... Operand, class... Secondary>
[[gnu::always_inline]] constexpr void with_spans(
    Layer, from<Operand...>, into<Secondary...>, const auto& memory, auto compute)
{
    using spec = typename Layer::spec_type;
    constexpr std::size_t operands = variadic<spec> ? sizeof...(Operand) : operand_count<spec>;
    call<spec>(padded<operands, Operand...>{}, padded<result_count<spec>, Layer, Secondary...>{}, memory, compute);
}

template <class Result>
constexpr bool has_elements()
{
    return Result::type.present() && Result::type.shape.count() > 0 && !requires { Result::is_scratch; };
}
template <class... Secondary>
constexpr bool any_has_elements(into<Secondary...>)
{
    return (has_elements<Secondary>() || ...);
}

/// Tells whether any result of a layer, apart from scratch memory, has an element. Shapes with no elements may be huge
/// along other axes: then there is nothing to iterate over.
template <class Layer>
inline constexpr bool makes_elements = has_elements<Layer>() || any_has_elements(typename Layer::secondary_outputs{});

/// Fills the halo around the rows and columns of a value.
template <tensor_type Type, class T>
constexpr void clear_halo(T* data)
{
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

/// The memory of a layer's operands and results, for with_spans: Owner has place_of<Value>(), the first element of a
/// value.
template <class Owner>
struct spans_in {
    Owner& of;

    template <class Operand>
    [[gnu::always_inline]] auto source() const noexcept
    {
        if constexpr (Operand::type.present()) {
            return std::span<const element_type<Operand::type.element>>(
                of.template place_of<Operand>(), stored<Operand>);
        } else {
            return absent_span{};
        }
    }
    /// Returns the memory of a result, with its halo cleared.
    template <class Result>
    [[gnu::always_inline]] auto target() const noexcept
    {
        if constexpr (Result::type.present()) {
            auto* const place = of.template place_of<Result>();
            if constexpr (Result::type.storage.halo != halo{}) {
                clear_halo<Result::type>(place);
            }
            return std::span(place, stored<Result>);
        } else {
            return absent_span{};
        }
    }
};

}  // namespace cameo::inline CAMEO_TARGET::detail
