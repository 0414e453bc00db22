// Element types of tensors, a row each: everything else about an element type is asked of its row.
#pragma once
#include <algorithm>
#include <array>
#include <cameo/core/target.hpp>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace cameo::inline CAMEO_TARGET {

/// The element types of ONNX that cameo computes with. The values are those of TensorProto.DataType (ONNX IR).
enum class element : std::uint8_t {
    none = 0,
    float32 = 1,
    uint8 = 2,
    int8 = 3,
    uint16 = 4,
    int32 = 6,
    int64 = 7,
    boolean = 9,
    float64 = 11
};

/// What people and files call an element type.
struct element_names {
    std::string_view onnx;    ///< in messages
    std::string_view header;  ///< of tensor types in generated headers: f32<1, 3>
    std::string_view cpp;
    std::string_view npy;  ///< numpy's type string, in the header of a .npy file
};

template <element E>
struct element_traits {
    using type = void;
    static constexpr element_names names() { return {"none", "none", "void", ""}; }
};
template <>
struct element_traits<element::float32> {
    using type = float;
    static constexpr element_names names() { return {"float32", "f32", "float", "<f4"}; }
};
template <>
struct element_traits<element::float64> {
    using type = double;
    static constexpr element_names names() { return {"float64", "f64", "double", "<f8"}; }
};
template <>
struct element_traits<element::int32> {
    using type = std::int32_t;
    static constexpr element_names names() { return {"int32", "i32", "std::int32_t", "<i4"}; }
};
template <>
struct element_traits<element::int64> {
    using type = std::int64_t;
    static constexpr element_names names() { return {"int64", "i64", "std::int64_t", "<i8"}; }
};
template <>
struct element_traits<element::uint8> {
    using type = std::uint8_t;
    static constexpr element_names names() { return {"uint8", "u8", "std::uint8_t", "|u1"}; }
};
template <>
struct element_traits<element::int8> {
    using type = std::int8_t;
    static constexpr element_names names() { return {"int8", "i8", "std::int8_t", "|i1"}; }
};
template <>
struct element_traits<element::uint16> {
    using type = std::uint16_t;
    static constexpr element_names names() { return {"uint16", "u16", "std::uint16_t", "<u2"}; }
};
template <>
struct element_traits<element::boolean> {
    using type = bool;
    static constexpr element_names names() { return {"bool", "boolean", "bool", "|b1"}; }
};

template <class... T>
struct type_list {
    static constexpr int size = sizeof...(T);
};

template <element... E>
struct element_list {
    using types = type_list<typename element_traits<E>::type...>;
};

using all_elements = element_list<element::float32, element::float64, element::int32, element::int64, element::uint8,
    element::int8, element::uint16, element::boolean>;

// What operators take.
using floating_elements = type_list<float, double>;
using integer_elements = type_list<std::int32_t, std::int64_t, std::uint8_t, std::int8_t>;
using index_elements = type_list<std::int32_t, std::int64_t>;
using number_elements = type_list<float, double, std::int32_t, std::int64_t, std::uint8_t, std::int8_t>;
using any_elements = all_elements::types;

/// The C++ type of an element type.
template <element E>
using element_type = typename element_traits<E>::type;

namespace detail {

/// What is asked most of an element type that is known at run time.
struct element_facts {
    std::size_t size = 0;
    bool is_floating = false;
};

template <element... E>
constexpr auto facts_of(element_list<E...>)
{
    std::array<element_facts, 1 + std::max({static_cast<std::size_t>(E)...})> facts{};
    ((facts[static_cast<std::size_t>(E)] = {sizeof(element_type<E>), std::is_floating_point_v<element_type<E>>}), ...);
    return facts;
}

inline constexpr auto facts_of_elements = facts_of(all_elements{});

template <class T, element... E>
constexpr element element_of_type(element_list<E...>)
{
    element found = element::none;
    ((std::is_same_v<T, element_type<E>> ? void(found = E) : void()), ...);
    return found;
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
inline constexpr element element_of = detail::element_of_type<T>(all_elements{});

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

}  // namespace cameo::inline CAMEO_TARGET
