// Times what tl2cgen wrote for bench/trees.py: trees_tl2cgen SECONDS ROWS ROWS_IN_A_CALL
#include "measure.hpp"
#include "rows.hpp"
extern "C" {
#include "header.h"
}

namespace {

template <class T>
T type_of_result(void (*)(Entry*, int, T*));

using feature = decltype(Entry::fvalue);
using number = decltype(type_of_result(predict));
static_assert(sizeof(Entry) == sizeof(feature));

}  // namespace

int main(int count, char** arguments)
{
    if (count != 4) {
        return 2;
    }
    const auto batch = static_cast<std::size_t>(std::atoi(arguments[3])),
               columns = static_cast<std::size_t>(get_num_feature());
    latency::rows<feature> rows(arguments[2], batch * columns);
    std::vector<number> results(batch);
    const auto call = [&] {
        auto* const features = reinterpret_cast<Entry*>(rows.next().data());
        for (std::size_t r = 0; r < batch; ++r) {
            results[r] = 0;
            predict(features + r * columns, 1, &results[r]);
        }
        asm volatile("" : : "r"(results.data()) : "memory");
    };
    call();
    const std::vector<float> computed(results.begin(), results.end());
    latency::print(latency::measure(1e9 * std::atof(arguments[1]), call), computed);
}
