// Element types of tensors.
#pragma once
#include <cameo/core/target.hpp>
#include <cstddef>
#include <cstdint>

namespace cameo::inline CAMEO_TARGET {

/// The element types of ONNX that cameo computes with. The values are those of TensorProto.DataType (ONNX IR).
enum class element : std::uint8_t {
    none = 0,
    float32 = 1,
    uint8 = 2,
    int8 = 3,
    int32 = 6,
    int64 = 7,
    boolean = 9,
    float64 = 11
};

template <class... T>
struct type_list {
    static constexpr int size = sizeof...(T);
};

using floating_elements = type_list<float, double>;
using integer_elements = type_list<std::int32_t, std::int64_t, std::uint8_t, std::int8_t>;
using index_elements = type_list<std::int32_t, std::int64_t>;
using number_elements = type_list<float, double, std::int32_t, std::int64_t, std::uint8_t, std::int8_t>;
using any_elements = type_list<float, double, std::int32_t, std::int64_t, std::uint8_t, std::int8_t, bool>;

template <class T>
inline constexpr element element_of = element::none;
template <>
inline constexpr element element_of<float> = element::float32;
template <>
inline constexpr element element_of<double> = element::float64;
template <>
inline constexpr element element_of<std::int32_t> = element::int32;
template <>
inline constexpr element element_of<std::int64_t> = element::int64;
template <>
inline constexpr element element_of<std::uint8_t> = element::uint8;
template <>
inline constexpr element element_of<std::int8_t> = element::int8;
template <>
inline constexpr element element_of<bool> = element::boolean;

namespace detail {
template <element E>
struct type_of;
template <>
struct type_of<element::float32> {
    using type = float;
};
template <>
struct type_of<element::float64> {
    using type = double;
};
template <>
struct type_of<element::int32> {
    using type = std::int32_t;
};
template <>
struct type_of<element::int64> {
    using type = std::int64_t;
};
template <>
struct type_of<element::uint8> {
    using type = std::uint8_t;
};
template <>
struct type_of<element::int8> {
    using type = std::int8_t;
};
template <>
struct type_of<element::boolean> {
    using type = bool;
};
}  // namespace detail

/// The C++ type of an element type.
template <element E>
using element_type = typename detail::type_of<E>::type;

/// Bytes of one element; 0 for element::none.
constexpr std::size_t size_of(element e)
{
    switch (e) {
    case element::float32:
    case element::int32: return 4;
    case element::float64:
    case element::int64: return 8;
    case element::uint8:
    case element::int8:
    case element::boolean: return 1;
    case element::none: break;
    }
    return 0;
}

constexpr bool is_floating(element e) { return e == element::float32 || e == element::float64; }

}  // namespace cameo::inline CAMEO_TARGET
