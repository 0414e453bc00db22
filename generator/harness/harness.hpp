// Programs around a generated header "net.hpp" (namespace `generated`) that exchange raw row-major elements with the
// generator in a directory: input_k_r.bin, output_k_r.bin, and layer_s_r.bin of step s in run r.
#pragma once
#include <string>

namespace cameo::generator {

/// The namespace of the network in these programs.
inline constexpr const char* harness_namespace = "generated";

/// Returns a program that reads the inputs, runs and writes the outputs, as often as its second argument says; with
/// `observed`, also the result of every layer.
std::string run_program(bool observed);

/// Returns the forward pass as a unit of its own, so that its code and stack are the network's.
std::string bench_unit();

/// Returns a program that times the forward pass of bench_unit(). Arguments: directory, seconds, processor to stay on.
/// It prints the number of calls in a sample and the bytes of the network object, and writes the nanoseconds of each
/// sample to samples.bin, as doubles.
std::string bench_program();

/// Returns a program that times every layer within its network, and the whole network. Arguments: directory, seconds,
/// processor to stay on. It prints, for each step of the schedule and for a whole run, the median in nanoseconds
/// without the clock's own time; 0 for steps where nothing runs. If a layer has several results, the first that is
/// present has its time.
std::string profile_program();

}  // namespace cameo::generator
