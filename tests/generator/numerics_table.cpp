// Prints the figures for docs/numerics.md, which tests/generator/test_numerics.py writes: a line for each function with
// its list, its name and its errors.
#include <chrono>
#include <cstdio>
#include <numerics.hpp>

namespace {

/// Nanoseconds a number, the best of many runs over numbers from -4 to 4.
template <class Function>
double time_of(Function function)
{
    std::vector<float> x(4096), y(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
        x[i] = static_cast<float>(i * 2053 % x.size()) / 512 - 4;
    }
    double best = INFINITY;
    for (int run = 0; run < 500; ++run) {
        const auto start = std::chrono::steady_clock::now();
        for (std::size_t i = 0; i < x.size(); i += numerics::vector::size) {
            cameo::simd::call(function, numerics::vector::load_unaligned(&x[i]))
                .store_unaligned(cameo::simd::hide_from_optimizer(&y[i]));
        }
        best =
            std::min(best, std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count());
    }
    return best / static_cast<double>(x.size());
}

void print(const char* list, const std::vector<std::function<numerics::worst()>>& functions)
{
    for (const auto& measure : functions) {
        const numerics::worst w = measure();
        std::printf("%s %s %.6g %.9g %.9g\n", list, w.name.data(), w.units, static_cast<double>(w.at[0]),
            static_cast<double>(w.at[1]));
    }
}

}  // namespace

int main()
{
    print("exact", numerics::exact_functions());
    print("other", numerics::other_functions());
    numerics::each_fast_function([]<class Function>(std::string_view name, Function function) {
        const numerics::approximation a = numerics::measure_fast<Function>(name);
        std::printf("fast %s %.6g %.6g %.6g\n", name.data(), a.error, a.relative,
            time_of(typename Function::exact{}) / time_of(function));
    });
}
