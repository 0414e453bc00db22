// A loop that does nothing to a sequence but append to it collects tensors: its body needs no sequence.
#pragma once
#include "model/onnx.pb.h"
#include <optional>
#include <vector>

namespace cameo::generator {

/// Returns the body of a Loop without some of its carried values, which are sequences. Behind its other outputs it has
/// one for each of them: what SequenceInsert puts at its end. Returns nothing if the body does anything else to one.
std::optional<onnx::GraphProto> with_appended_parts(onnx::GraphProto body, const std::vector<std::size_t>& sequences);

}  // namespace cameo::generator
