// Computes what the runs of a streaming network must add up to: the outputs for the whole sequence at once.
#pragma once
#include "command/command.hpp"
#include "command/inputs.hpp"

namespace cameo::generator {

/// Returns what `--stream` promises: the outputs of the file's own graph for the inputs of all runs at once, cut into
/// runs and stacked. An output that is a final state is absent. Returns nothing if the file fixes a shorter sequence,
/// or if another input differs from run to run.
std::optional<std::vector<tensor>> outputs_of_sequence(const model_options& options, const graph& streamed,
    const std::vector<named_tensors>& runs, const progress& status);

}  // namespace cameo::generator
