// The element types of tensors, a row each: everything else about an element type is asked of its row.
#pragma once
#include <cameo/core/exponent_float.hpp>
#include <cameo/core/narrow_int.hpp>
#include <cstdint>
#include <string_view>

namespace cameo::inline CAMEO_TARGET {

/// The element types of ONNX that cameo computes with. The values are those of TensorProto.DataType (ONNX IR).
enum class element : std::uint8_t {
    none = 0,
    float32 = 1,
    uint8 = 2,
    int8 = 3,
    uint16 = 4,
    int16 = 5,
    int32 = 6,
    int64 = 7,
    boolean = 9,
    float16 = 10,
    float64 = 11,
    uint32 = 12,
    uint64 = 13,
    bfloat16 = 16,
    float8e4m3fn = 17,
    float8e4m3fnuz = 18,
    float8e5m2 = 19,
    float8e5m2fnuz = 20,
    uint4 = 21,
    int4 = 22,
    float4e2m1 = 23,
    float8e8m0 = 24,
    uint2 = 25,
    int2 = 26,
    float6e2m3 = 27,
    float6e3m2 = 28
};

using float16 = narrow_float<float_format{5, 10, 15}>;   ///< IEEE 754's binary16
using bfloat16 = narrow_float<float_format{8, 7, 127}>;  ///< the upper half of a float
using float8e4m3fn = narrow_float<float_format{4, 3, 7, float_specials::nan}>;
using float8e4m3fnuz = narrow_float<float_format{4, 3, 8, float_specials::nan_for_minus_zero}>;
using float8e5m2 = narrow_float<float_format{5, 2, 15}>;
using float8e5m2fnuz = narrow_float<float_format{5, 2, 16, float_specials::nan_for_minus_zero}>;
using float6e2m3 = narrow_float<float_format{2, 3, 1, float_specials::none}>;
using float6e3m2 = narrow_float<float_format{3, 2, 3, float_specials::none}>;
using float4e2m1 = narrow_float<float_format{2, 1, 1, float_specials::none}>;

using float8e8m0 = exponent_float;
using int4 = narrow_int<4, true>;
using uint4 = narrow_int<4, false>;
using int2 = narrow_int<2, true>;
using uint2 = narrow_int<2, false>;

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
struct element_traits<element::float16> {
    using type = float16;
    static constexpr element_names names() { return {"float16", "f16", "cameo::float16", "<f2"}; }
};
template <>
struct element_traits<element::bfloat16> {
    using type = bfloat16;
    static constexpr element_names names() { return {"bfloat16", "bf16", "cameo::bfloat16", "<V2"}; }
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
struct element_traits<element::int16> {
    using type = std::int16_t;
    static constexpr element_names names() { return {"int16", "i16", "std::int16_t", "<i2"}; }
};
template <>
struct element_traits<element::uint32> {
    using type = std::uint32_t;
    static constexpr element_names names() { return {"uint32", "u32", "std::uint32_t", "<u4"}; }
};
template <>
struct element_traits<element::uint64> {
    using type = std::uint64_t;
    static constexpr element_names names() { return {"uint64", "u64", "std::uint64_t", "<u8"}; }
};
template <>
struct element_traits<element::boolean> {
    using type = bool;
    static constexpr element_names names() { return {"bool", "boolean", "bool", "|b1"}; }
};
template <>
struct element_traits<element::float8e4m3fn> {
    using type = float8e4m3fn;
    static constexpr element_names names() { return {"float8e4m3fn", "f8e4m3fn", "cameo::float8e4m3fn", "|V1"}; }
};
template <>
struct element_traits<element::float8e4m3fnuz> {
    using type = float8e4m3fnuz;
    static constexpr element_names names() { return {"float8e4m3fnuz", "f8e4m3fnuz", "cameo::float8e4m3fnuz", "|V1"}; }
};
template <>
struct element_traits<element::float8e5m2> {
    using type = float8e5m2;
    static constexpr element_names names() { return {"float8e5m2", "f8e5m2", "cameo::float8e5m2", "|V1"}; }
};
template <>
struct element_traits<element::float8e5m2fnuz> {
    using type = float8e5m2fnuz;
    static constexpr element_names names() { return {"float8e5m2fnuz", "f8e5m2fnuz", "cameo::float8e5m2fnuz", "|V1"}; }
};
template <>
struct element_traits<element::float8e8m0> {
    using type = float8e8m0;
    static constexpr element_names names() { return {"float8e8m0", "f8e8m0", "cameo::float8e8m0", "|V1"}; }
};
template <>
struct element_traits<element::float6e2m3> {
    using type = float6e2m3;
    static constexpr element_names names() { return {"float6e2m3", "f6e2m3", "cameo::float6e2m3", "|V1"}; }
};
template <>
struct element_traits<element::float6e3m2> {
    using type = float6e3m2;
    static constexpr element_names names() { return {"float6e3m2", "f6e3m2", "cameo::float6e3m2", "|V1"}; }
};
template <>
struct element_traits<element::float4e2m1> {
    using type = float4e2m1;
    static constexpr element_names names() { return {"float4e2m1", "f4e2m1", "cameo::float4e2m1", "|V1"}; }
};
template <>
struct element_traits<element::int4> {
    using type = int4;
    static constexpr element_names names() { return {"int4", "i4", "cameo::int4", "|V1"}; }
};
template <>
struct element_traits<element::uint4> {
    using type = uint4;
    static constexpr element_names names() { return {"uint4", "u4", "cameo::uint4", "|V1"}; }
};
template <>
struct element_traits<element::int2> {
    using type = int2;
    static constexpr element_names names() { return {"int2", "i2", "cameo::int2", "|V1"}; }
};
template <>
struct element_traits<element::uint2> {
    using type = uint2;
    static constexpr element_names names() { return {"uint2", "u2", "cameo::uint2", "|V1"}; }
};

template <class... T>
struct type_list {
    static constexpr int size = sizeof...(T);
};

/// Of two lists, one.
template <class... T, class... U>
type_list<T..., U...> operator+(type_list<T...>, type_list<U...>)
{
    return {};
}

template <element... E>
struct element_list {
    using types = type_list<typename element_traits<E>::type...>;
};

using all_elements = element_list<element::float32, element::float64, element::float16, element::bfloat16,
    element::int8, element::int16, element::int32, element::int64, element::uint8, element::uint16, element::uint32,
    element::uint64, element::boolean, element::float8e4m3fn, element::float8e4m3fnuz, element::float8e5m2,
    element::float8e5m2fnuz, element::float8e8m0, element::float6e2m3, element::float6e3m2, element::float4e2m1,
    element::int4, element::uint4, element::int2, element::uint2>;

}  // namespace cameo::inline CAMEO_TARGET
