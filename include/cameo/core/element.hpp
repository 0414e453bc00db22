// What is asked of element types: lists of those that operators take, sizes, and the way from a type known at run time
// to C++.
#pragma once
#include <algorithm>
#include <array>
#include <cameo/core/element_table.hpp>
#include <cstddef>

namespace cameo::inline CAMEO_TARGET {

// What operators take.
using floating_elements = type_list<float, double>;
using integer_elements = type_list<std::int8_t, std::int16_t, std::int32_t, std::int64_t, std::uint8_t, std::uint16_t,
    std::uint32_t, std::uint64_t>;
using index_elements = type_list<std::int32_t, std::int64_t>;
using number_elements = decltype(floating_elements{} + integer_elements{});
using arithmetic_elements = decltype(number_elements{} + type_list<bool>{});
using any_elements = all_elements::types;
/// Of 8 bits and fewer, which C++ has not.
using small_elements = type_list<float8e4m3fn, float8e4m3fnuz, float8e5m2, float8e5m2fnuz, float6e2m3, float6e3m2,
    float4e2m1, int4, uint4, int2, uint2>;
using narrow_elements = decltype(small_elements{} + type_list<float16, bfloat16, float8e8m0>{});
using quantized_elements = type_list<std::uint8_t, std::int8_t, std::uint16_t, std::int16_t>;

/// The C++ type of an element type.
template <element E>
using element_type = typename element_traits<E>::type;

namespace detail {

template <class T>
inline constexpr bool has_16_bits = is_narrow_float<T> && sizeof(T) == sizeof(std::uint16_t);
template <class T>
inline constexpr bool is_narrow = is_narrow_float<T> || is_narrow_int<T>;

/// What is asked most of an element type that is known at run time.
struct element_facts {
    std::size_t size = 0;
    bool is_floating = false;
    element computed_in = element::none;
    int bits = 0;
};

template <class T>
constexpr int bits_in_file()
{
    if constexpr (requires { T::width; }) {
        return T::width;
    } else if constexpr (requires { T::format; }) {
        return T::format.bits();
    } else {
        return 8 * static_cast<int>(sizeof(T));
    }
}

template <element... E>
constexpr auto facts_of(element_list<E...>)
{
    std::array<element_facts, 1 + std::max({static_cast<std::size_t>(E)...})> facts{};
    ((facts[static_cast<std::size_t>(E)] = {sizeof(element_type<E>),
          std::is_floating_point_v<element_type<E>> || is_narrow_float<element_type<E>>,
          has_16_bits<element_type<E>> ? element::float32 : E, bits_in_file<element_type<E>>()}),
        ...);
    return facts;
}

inline constexpr auto facts_of_elements = facts_of(all_elements{});

template <class T, element E>
struct type_and_element {};
template <class List>
struct all_rows;
template <element... E>
struct all_rows<element_list<E...>> : type_and_element<element_type<E>, E>... {};

// The compiler finds the base class of a type at once, instead of comparing it with all others.
template <class T, element E>
constexpr element element_of_type(const type_and_element<T, E>*)
{
    return E;
}
template <class T>
constexpr element element_of_type(const void*)
{
    return element::none;
}

template <class Predicate, element... E>
constexpr element find_element(Predicate holds, element_list<E...>)
{
    element found = element::none;
    ((holds(E) ? void(found = E) : void()), ...);
    return found;
}

template <class Visit, element First, element... Rest>
constexpr decltype(auto) visit_element(element e, Visit& visit, element_list<First, Rest...>)
{
    if constexpr (sizeof...(Rest) > 0) {
        if (e != First) {
            return visit_element(e, visit, element_list<Rest...>{});
        }
    }
    return visit(std::integral_constant<element, First>{});
}

}  // namespace detail

/// The element type of a C++ type; none where there is none.
template <class T>
inline constexpr element element_of =
    detail::element_of_type<T>(static_cast<const detail::all_rows<all_elements>*>(nullptr));

/// Tells whether a list of C++ types has that of an element type.
template <class... T>
constexpr bool contains(type_list<T...>, element e)
{
    return ((element_of<T> == e) || ...);
}

/// The element type for which holds(element) is true; none where there is none.
template <class Predicate>
constexpr element find_element(Predicate holds)
{
    return detail::find_element(holds, all_elements{});
}

/// Calls visit(integral_constant<element, E>{}) for an element type that is known at run time.
template <class Visit>
constexpr decltype(auto) visit_element(element e, Visit visit)
{
    return detail::visit_element(e, visit, all_elements{});
}

/// A template, so that a program that asks for no names does not compile them.
template <class = void>
constexpr element_names names_of(element e)
{
    return e == element::none ? element_traits<element::none>::names()
                              : visit_element(e, [](auto known) { return element_traits<known()>::names(); });
}

/// Bytes of one element; 0 for element::none.
constexpr std::size_t size_of(element e) { return detail::facts_of_elements[static_cast<std::size_t>(e)].size; }

constexpr bool is_floating(element e) { return detail::facts_of_elements[static_cast<std::size_t>(e)].is_floating; }

/// Bits of one element in a file, which packs those of less than a byte.
constexpr int bits_in_file(element e) { return detail::facts_of_elements[static_cast<std::size_t>(e)].bits; }

/// The element type in which operators compute for this one: float32 for floats of 16 bits, to which results are
/// rounded.
constexpr element computed_in(element e) { return detail::facts_of_elements[static_cast<std::size_t>(e)].computed_in; }

}  // namespace cameo::inline CAMEO_TARGET
