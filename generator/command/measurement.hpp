// Declares what bench, profile and tune share: the options of a measurement, and the times of layers.
#pragma once
#include "command/command.hpp"
#include "command/compiled.hpp"

namespace cameo::generator {

struct measurement_options {
    model_options model;
    input_options inputs;
    build_options build;
    double seconds = 2;
    int processor = -1;

    /// `how_long` describes --seconds.
    void add_to(subcommand& command, const std::string& how_long);
    /// Runs a measuring program of harness.hpp on given or random inputs; returns what it printed.
    std::string run(const compiled_network& network, const graph& g) const;
};

/// Medians, in nanoseconds.
struct layer_times {
    std::vector<double> steps;  ///< of the schedule, as profile_program() has them
    double network = 0;         ///< a whole run, which nobody observes
};

layer_times time_layers(const graph& planned, const measurement_options& options);

/// Formats a time with its unit, such as "12.34 us".
std::string time_text(double nanoseconds);

}  // namespace cameo::generator
