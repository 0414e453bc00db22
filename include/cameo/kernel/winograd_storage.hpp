// Which storage the fast path of winograd reads and writes. The generator plans by it; the kernel requires it.
#pragma once
#include <cameo/op/winograd.hpp>

namespace cameo {

/// Zeros that the last tiles read beyond the input, and the padding.
constexpr halo needed_halo(const winograd_spec& s)
{
    const auto after = [&](int a) { return s.tiles(a) * s.tile + s.taps - 1 - s.window.pad_begin(a) - s.x.shape[a + 2]; };
    return {s.window.pad_begin(0), s.window.pad_begin(1), after(0), after(1)};
}

}  // namespace cameo
