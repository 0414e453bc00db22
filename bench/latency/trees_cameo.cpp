// Times a generated ensemble of trees for bench/trees.py: trees_cameo SECONDS ROWS
#include "generated.hpp"
#include "measure.hpp"
#include "rows.hpp"

template <class Only>
Only only(cameo::list<Only>);

using input_name = decltype(only(generated::model::inputs{}));
using output_name = decltype(only(generated::model::outputs{}));

int main(int count, char** arguments)
{
    if (count != 3) {
        return 2;
    }
    static generated::net net;
    const auto input = net.input<input_name>();
    const auto output = net.output<output_name>();
    latency::rows<float> rows(arguments[2], input.size());
    const auto call = [&] {
        std::ranges::copy(rows.next(), input.data());
        net.run();
        asm volatile("" : : "r"(&net) : "memory");
    };
    call();
    const std::vector<float> results(output.data(), output.data() + output.size());
    latency::print(latency::measure(1e9 * std::atof(arguments[1]), call), results);
}
