// Adds the options of bench, profile and tune, and times each layer of a network within the whole.
#include "command/measurement.hpp"
#include "harness/harness.hpp"
#include "support/failure.hpp"
#include <sstream>

namespace cameo::generator {

void measurement_options::add_to(subcommand& command, const std::string& how_long)
{
    model.add_to(command);
    inputs.add_to(command);
    inputs.add_seed_to(command);
    build.add_to(command);
    command.add_option("--seconds", seconds, how_long).positive().shows_default();
    command.add_option("--processor", processor, "Stay on this processor; the one where the program starts otherwise")
        .non_negative();
}

std::string measurement_options::run(const compiled_network& network, const graph& g) const
{
    return network.run({inputs.given_or_random(g)}, {fmt::format("{}", seconds), fmt::format("{}", processor)});
}

layer_times time_layers(const graph& planned, const measurement_options& options)
{
    const compiled_network network(planned, options.model, options.build);
    network.compile("main", profile_program());
    network.link({"main"});
    const std::string printed = options.run(network, planned);
    std::istringstream lines(printed);
    layer_times times;
    for (double time = 0; lines >> time;) {
        times.steps.push_back(time);
    }
    if (!lines.eof() || times.steps.size() != network.header().schedule.size() + 1) {
        throw failure("the timing program printed '{}'", printable(printed));
    }
    times.network = times.steps.back();
    times.steps.pop_back();
    return times;
}

std::string time_text(double nanoseconds)
{
    if (nanoseconds < 1e4) {
        return fmt::format("{:.1f} ns", nanoseconds);
    }
    return nanoseconds < 1e7 ? fmt::format("{:.2f} us", nanoseconds / 1e3)
                             : fmt::format("{:.2f} ms", nanoseconds / 1e6);
}

}  // namespace cameo::generator
