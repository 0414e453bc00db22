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

TEST_CASE_TEMPLATE("is never beyond 1", Function, cameo::functions::tanh, cameo::functions::erf, cameo::functions::sigmoid)
{
    numerics::each_vector_of_floats([](const numerics::floats& x) {
        numerics::floats y;
        cameo::simd::call(Function{}, numerics::vector::load_unaligned(x.data())).store_unaligned(y.data());
        for (const float number : y)
            if (std::abs(number) > 1) FAIL_CHECK(std::string(Function::name), " is ", number);
    });
}
