// Holds exp, tanh, sigmoid, … on vectors of floats to the error bounds of docs/numerics.md, against exact values.
#include <doctest/doctest.h>
#include <numerics.hpp>

TEST_CASE("functions are within 4 units in the last place over all floats")
{
    for (const auto& measure : numerics::exact_functions()) {
        const numerics::worst w = measure();
        INFO(std::string(w.name), " at ", w.at[0], ", ", w.at[1]);
        CHECK(w.units <= 4);
    }
}

TEST_CASE_TEMPLATE(
    "is never beyond 1", Function, cameo::functions::tanh, cameo::functions::erf, cameo::functions::sigmoid)
{
    numerics::each_vector_of_floats([](const numerics::floats& x) {
        numerics::floats y;
        cameo::simd::call(Function{}, numerics::vector::load_unaligned(x.data())).store_unaligned(y.data());
        for (const float number : y) {
            if (std::abs(number) > 1) {
                FAIL_CHECK(std::string(Function::name), " is ", number);
            }
        }
    });
}

TEST_CASE("functions of --math fast are within 1e-5, and NaN stays where there is such a number")
{
    numerics::each_fast_function([]<class Function>(std::string_view name, Function) {
        INFO(std::string(name));
        CHECK(numerics::measure_fast<Function>(name).error < 1e-5);
        numerics::floats y;
        cameo::simd::call(Function{}, numerics::vector(NAN)).store_unaligned(y.data());
        CHECK((numerics::finite_only || !numerics::is_a_number(y[0])));
    });
}
