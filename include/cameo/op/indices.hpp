// Indices that are data, as gathering and scattering operators read them: negative ones count from the end.
#pragma once
#include <cameo/op/layer.hpp>

namespace cameo::inline CAMEO_TARGET {

/// An index counted from the start; ONNX counts negative ones from the end.
constexpr dim from_start(dim i, dim extent) { return i < 0 ? i + extent : i; }

/// The element to read. Out of range, which ONNX calls an error, it is the nearest one: nothing outside the tensor is
/// read.
constexpr dim nearest_index(dim i, dim extent)
{
    const dim position = from_start(i, extent);
    return position < 0 ? 0 : position < extent ? position : extent - 1;
}

/// The element to write, negative out of range: what an index puts outside the tensor is dropped.
constexpr dim index_or_none(dim i, dim extent)
{
    const dim position = from_start(i, extent);
    return position < extent ? position : -1;
}

/// The places of elements along one axis of a dense tensor that indices choose, the other positions being given.
class indexed_axis {
public:
    constexpr indexed_axis(const shape& s, int axis)
        : rank_(s.rank), stride_(strides_of(s)[index(axis)]), others_(strides_of(s))
    {
        others_[index(axis)] = 0;
    }

    constexpr dim operator()(const per_axis& at, dim i) const { return dot(at, others_, rank_) + i * stride_; }

private:
    int rank_;
    dim stride_;
    per_axis others_;
};

}  // namespace cameo::inline CAMEO_TARGET
