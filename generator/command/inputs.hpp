// Declares the options for the input tensors of a run, which come from files or are random.
#pragma once
#include "command/command_line.hpp"
#include "evaluate/evaluate.hpp"

namespace cameo::generator {

using named_tensors = std::map<std::string, tensor>;

/// The options --input and, for commands that generate missing inputs, --seed.
struct input_options {
    std::vector<std::string> files;
    std::uint64_t seed = 1;

    void add_to(subcommand& command);
    void add_seed_to(subcommand& command);

    /// Returns the tensors of the .npy files by the names of inputs, read as what those take.
    named_tensors given(const graph& g) const;
    /// Adds random tensors for all other inputs of the graph; a seed gives the same numbers everywhere.
    named_tensors given_or_random(const graph& g) const;

    /// Returns the inputs of each run, given or random, or only those given. For a network with state, a file may have
    /// one more axis in front, for as many runs; otherwise there are `count` runs, and each gets the same.
    std::vector<named_tensors> runs(const graph& g, bool random, std::size_t count) const;
};

}  // namespace cameo::generator
