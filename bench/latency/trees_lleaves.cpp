// Times what lleaves compiled for bench/trees.py: trees_lleaves SECONDS ROWS ROWS_IN_A_CALL COLUMNS
#include "measure.hpp"
#include "rows.hpp"

/// Computes rows [first, last) of features, and stores one result for each.
extern "C" void forest_root(const double* features, double* results, int first, int last);

int main(int count, char** arguments)
{
    if (count != 5) {
        return 2;
    }
    const int batch = std::atoi(arguments[3]);
    latency::rows<double> rows(arguments[2], static_cast<std::size_t>(batch * std::atoi(arguments[4])));
    std::vector<double> results(static_cast<std::size_t>(batch));
    const auto call = [&] {
        forest_root(rows.next().data(), results.data(), 0, batch);
        asm volatile("" : : "r"(results.data()) : "memory");
    };
    call();
    const std::vector<float> computed(results.begin(), results.end());
    latency::print(latency::measure(1e9 * std::atof(arguments[1]), call), computed);
}
