// How a value lies in memory: a second, visible part of its type.
#pragma once
#include <cameo/core/shape.hpp>

namespace cameo::inline CAMEO_TARGET {

/// Channels that lie together in blocked storage: a multiple of 4, 8 and 16 lanes, so that one header serves every
/// target.
inline constexpr dim block = 16;

enum class layout : std::uint8_t {
    plain,                ///< row major, as ONNX says
    row_major_padded,     ///< row major, within a halo around H x W
    blocked,              ///< N x C x H x W as N x C/16 x H x W x 16, C padded with zeros, within a halo around H x W
    filter_blocked,       ///< M x C x K1 x K2 as M/16 x C/16 x K1 x K2 x 16 (of C) x 16 (of M): reads a blocked input
    filter_plain,         ///< M x C x K1 x K2 as M/16 x C x K1 x K2 x 16: reads a plain input; a matrix has no K1, K2
    filter_depthwise,     ///< C x 1 x K1 x K2 as C/16 x K1 x K2 x 16
    filter_interleaved4,  ///< M x C x K1 x K2 as M/16 x C/16 x K1 x K2 x 4 (of C) x 16 (of M) x 4 (of C): products of
                          ///< bytes, four a lane
    filter_transposed,  ///< C x M x K1 x K2, of a transposed convolution, as M/16 x C/16 x K1 x K2 x 16 (of C) x 16 (of
                        ///< M)
    gate_weights,       ///< D x GH x K weights of a recurrent layer as D x K x G x H, H padded to whole blocks
};

/// A halo holds zeros, or the zero point of quantized numbers, around the rows and columns of a blocked or padded
/// value, so that windows may read past the edge.
struct halo {
    dim top = 0, left = 0, bottom = 0, right = 0;
    friend constexpr bool operator==(const halo&, const halo&) = default;
};

constexpr bool contains(const halo& outer, const halo& inner)
{
    return outer.top >= inner.top && outer.left >= inner.left && outer.bottom >= inner.bottom &&
           outer.right >= inner.right;
}

struct storage {
    cameo::layout layout = layout::plain;
    cameo::halo halo{};
    dim gate_count = 1;  ///< G, of layout::gate_weights
    dim pitch = 0;  ///< columns from one row to the next, where they are more than those of the value: it is a window
                    ///< into a ring (op/history.hpp)
    dim fill = 0;   ///< what the halo holds
    friend constexpr bool operator==(const storage&, const storage&) = default;
};

constexpr dim blocks(dim n) { return (n + block - 1) / block; }

}  // namespace cameo::inline CAMEO_TARGET
