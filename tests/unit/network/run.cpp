// clear_halo() writes zeros around rows and columns, and nothing else.
#include "kernel/compare.hpp"
#include <cameo/network/run.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

/// Tells whether clear_halo writes zeros around rows and columns, and nothing else.
template <tensor_type Type>
bool clears_halo()
{
    std::vector<float> memory(index(stored_count(Type)), 1.0f);
    cameo::detail::clear_halo<Type>(memory.data());
    const std::vector<test::place> places = test::places_of(Type);
    for (std::size_t i = 0; i < places.size(); ++i) {
        if ((memory[i] == 0) != (places[i] == test::place::halo)) {
            return false;
        }
    }
    return true;
}

}  // namespace

TEST_CASE("halos")
{
    CHECK(clears_halo<f32<2, 20, 3, 5>.blocked({1, 2, 3, 4})>());
    CHECK(clears_halo<f32<2, 20, 5>.blocked({0, 2, 0, 0})>());
    CHECK(clears_halo<f32<2, 3, 4, 5>.stored({layout::row_major_padded, {0, 1, 2, 0}})>());
    CHECK(clears_halo<f32<2, 3, 4, 5>.blocked()>());
}
