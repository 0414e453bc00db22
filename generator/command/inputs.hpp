// Declares the options for the input tensors of a run, which come from files or are random.
#pragma once
#include "command/command_line.hpp"
#include "evaluate/evaluate.hpp"

namespace cameo::generator {

using named_tensors = std::map<std::string, tensor>;

/// --input, and --seed for the commands that make up what is not given.
struct input_options {
    std::vector<std::string> files;
    std::uint64_t seed = 1;

    void add_to(subcommand& command);
    void add_seed_to(subcommand& command);

    /// The .npy files, by the name of the input.
    named_tensors given() const;
    /// The same, with every other input of the graph at random; the same seed gives the same numbers everywhere.
    named_tensors given_or_random(const graph& g) const;

    /// The inputs of one run after another, given or random, or given only. A network with state takes a file with one
    /// more axis in front for as many runs; otherwise there are `count`, and each gets the same.
    std::vector<named_tensors> runs(const graph& g, bool random, std::size_t count) const;
};

}  // namespace cameo::generator
