// Times a loop that waits only for the processor, which shows how much the machine itself adds to latencies: spin
// SECONDS NANOSECONDS
#include "measure.hpp"
#include <cstdlib>

namespace {

volatile float factor = 1, value = 1.5F;

/// Multiplications, each of the product before.
struct spin {
    long multiplications;

    [[gnu::noinline]] void operator()() const noexcept
    {
        const float by = factor;
        float product = value;
        for (long i = 0; i < multiplications; ++i) {
            product *= by;
            asm volatile("" : "+x"(product));
        }
        value = product;
    }
};

}  // namespace

int main(int count, char** arguments)
{
    if (count != 3) {
        return 2;
    }
    const double seconds = std::atof(arguments[1]), wanted = std::atof(arguments[2]);
    spin call{10000};
    const double each = latency::least_loop(call) / static_cast<double>(call.multiplications);
    call.multiplications = std::max(1L, std::lround(wanted / each));
    latency::print(latency::measure(1e9 * seconds, call), {});
}
