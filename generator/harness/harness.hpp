// Programs around a generated header "net.hpp" (namespace `generated`) that exchange raw row-major elements with the
// generator in a directory: input_k_r.bin, output_k_r.bin, and layer_s_r.bin of step s in run r.
#pragma once
#include <string>

namespace cameo::generator {

/// The namespace of the network in these programs.
inline constexpr const char* harness_namespace = "generated";

/// Reads the inputs, runs, writes the outputs, as often as its second argument says; with `observed`, the result of
/// every layer too.
std::string run_program(bool observed);

/// The forward pass alone, in a unit of its own: its code and its stack are the network's.
std::string bench_unit();

/// Times the forward pass of bench_unit(). Arguments: directory, seconds, processor to stay on. Prints the number of
/// calls in a sample and the bytes of the network object, and writes the nanoseconds of each sample to samples.bin, as
/// doubles.
std::string bench_program();

/// Times every layer in its network, and the network as a whole. Arguments: directory, seconds, processor to stay on.
/// Prints the median of the nanoseconds, without the clock's, of each step of the schedule, 0 where nothing runs, and
/// of a whole run. Of several results of a layer, the first that is there has its time.
std::string profile_program();

}  // namespace cameo::generator
