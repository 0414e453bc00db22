// The type of a tensor: element, shape and storage.
#pragma once
#include <cameo/core/element.hpp>
#include <cameo/core/storage.hpp>

namespace cameo::inline CAMEO_TARGET {

/// All that is static about a value. A structural type: the same value is a run-time argument in the generator and a
/// template argument here. The default is the type of an absent optional operand.
struct tensor_type {
    cameo::element element = element::none;
    cameo::shape shape{};
    cameo::storage storage{};

    constexpr bool present() const { return element != element::none; }

    /// Returns the type of the same value in blocks of 16 channels, within a halo of zeros or `fill`.
    constexpr tensor_type blocked(halo around = {}, dim fill = 0) const
    {
        return stored({.layout = layout::blocked, .halo = around, .fill = fill});
    }
    constexpr tensor_type stored(cameo::storage s) const
    {
        tensor_type t = *this;
        t.storage = s;
        return t;
    }
    constexpr tensor_type plain() const { return stored({}); }

    friend constexpr bool operator==(const tensor_type&, const tensor_type&) = default;
};

/// Tells whether a type is N x C x W or N x C x H x W, which kernels on blocks of channels accept.
constexpr bool is_image(const tensor_type& t) { return t.shape.rank == 3 || t.shape.rank == 4; }
constexpr bool is_blocked(const tensor_type& t) { return t.storage.layout == layout::blocked; }

template <dim... Extent>
inline constexpr tensor_type f32{element::float32, {Extent...}};
template <dim... Extent>
inline constexpr tensor_type f64{element::float64, {Extent...}};
template <dim... Extent>
inline constexpr tensor_type i32{element::int32, {Extent...}};
template <dim... Extent>
inline constexpr tensor_type i64{element::int64, {Extent...}};
template <dim... Extent>
inline constexpr tensor_type f16{element::float16, {Extent...}};
template <dim... Extent>
inline constexpr tensor_type bf16{element::bfloat16, {Extent...}};
template <dim... Extent>
inline constexpr tensor_type u8{element::uint8, {Extent...}};
template <dim... Extent>
inline constexpr tensor_type i8{element::int8, {Extent...}};
template <dim... Extent>
inline constexpr tensor_type i16{element::int16, {Extent...}};
template <dim... Extent>
inline constexpr tensor_type u16{element::uint16, {Extent...}};
template <dim... Extent>
inline constexpr tensor_type u32{element::uint32, {Extent...}};
template <dim... Extent>
inline constexpr tensor_type u64{element::uint64, {Extent...}};
template <dim... Extent>
inline constexpr tensor_type f8e4m3fn{element::float8e4m3fn, {Extent...}};
template <dim... Extent>
inline constexpr tensor_type f8e4m3fnuz{element::float8e4m3fnuz, {Extent...}};
template <dim... Extent>
inline constexpr tensor_type f8e5m2{element::float8e5m2, {Extent...}};
template <dim... Extent>
inline constexpr tensor_type f8e5m2fnuz{element::float8e5m2fnuz, {Extent...}};
template <dim... Extent>
inline constexpr tensor_type f8e8m0{element::float8e8m0, {Extent...}};
template <dim... Extent>
inline constexpr tensor_type f6e2m3{element::float6e2m3, {Extent...}};
template <dim... Extent>
inline constexpr tensor_type f6e3m2{element::float6e3m2, {Extent...}};
template <dim... Extent>
inline constexpr tensor_type f4e2m1{element::float4e2m1, {Extent...}};
template <dim... Extent>
inline constexpr tensor_type i4{element::int4, {Extent...}};
template <dim... Extent>
inline constexpr tensor_type u4{element::uint4, {Extent...}};
template <dim... Extent>
inline constexpr tensor_type i2{element::int2, {Extent...}};
template <dim... Extent>
inline constexpr tensor_type u2{element::uint2, {Extent...}};
template <dim... Extent>
inline constexpr tensor_type boolean{element::boolean, {Extent...}};

/// The type of an absent operand or result.
inline constexpr tensor_type absent{};

}  // namespace cameo::inline CAMEO_TARGET
