// BitCast: the bits of elements, read as another type of as many bits.
#pragma once
#include <bit>
#include <cameo/op/cast.hpp>

namespace cameo::inline CAMEO_TARGET {

struct bit_cast_attributes {
    element to = element::float32;
    static constexpr void each(auto visit) { visit("to", &bit_cast_attributes::to); }
};

namespace detail {

template <int Bits, class... T>
auto types_of(type_list<T...>)
    -> decltype((type_list<>{} + ... + std::conditional_t<bits_in_file<T>() == Bits, type_list<T>, type_list<>>{}));

template <int Bits>
using readings = decltype(conversions(types_of<Bits>(any_elements{}), types_of<Bits>(any_elements{})));

using all_readings = decltype(readings<2>{} + readings<4>{} + readings<6>{} + readings<8>{} + readings<16>{} +
                              readings<32>{} + readings<64>{});

}  // namespace detail

/// ONNX BitCast, opset 26. A byte that is not 0 is a true boolean: C++ allows no bits but those of 0 and 1.
struct bit_cast_spec : bit_cast_attributes {
    using attributes = bit_cast_attributes;
    tensor_type x{};

    template <class Reading>
    using signature = typename Reading::signature;
    using parameters = type_list<detail::all_readings>;
};

enum class bit_cast_problem { none, types_must_have_equally_many_bits };

constexpr tensor_type result(const bit_cast_spec& s) { return {s.to, s.x.shape}; }

constexpr bit_cast_problem check(const bit_cast_spec& s)
{
    const auto bits = [](element e) { return detail::facts_of_elements[static_cast<std::size_t>(e)].bits; };
    return s.to != element::none && bits(s.to) == bits(s.x.element)
               ? bit_cast_problem::none
               : bit_cast_problem::types_must_have_equally_many_bits;
}

namespace detail {

template <class T>
constexpr auto bits_of(T v)
{
    if constexpr (is_narrow<T>) {
        return v.bits();
    } else if constexpr (std::is_floating_point_v<T>) {
        return std::bit_cast<std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>>(v);
    } else {
        return v;
    }
}

template <class R>
constexpr R of_bits(auto bits)
{
    if constexpr (is_narrow<R>) {
        return R::from_bits(static_cast<typename R::bits_type>(bits));
    } else if constexpr (std::is_floating_point_v<R>) {
        return std::bit_cast<R>(bits);
    } else {
        return static_cast<R>(bits);
    }
}

}  // namespace detail

template <class T, class R>
constexpr void evaluate(const bit_cast_spec&, std::span<const T> x, std::span<R> y)
{
    for (std::size_t i = 0; i < y.size(); ++i) {
        y[i] = detail::of_bits<R>(detail::bits_of(x[i]));
    }
}

constexpr axis_flow flow_of(const bit_cast_spec&, int, const axis_part& part) { return preserved(part, part.axis); }

template <auto Result, class Operands, bit_cast_attributes Attributes = bit_cast_attributes{}, class Secondary = into<>>
using bit_cast = layer<bit_cast_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
