// Lookup: a table entry for every byte.
#include <cameo/op/lookup.hpp>
#include <doctest/doctest.h>
#include <vector>

using namespace cameo;

static_assert(result(lookup_spec{{}, u8<2, 3>, u8<256>}) == u8<2, 3>);
static_assert(check(lookup_spec{{}, u8<2, 3>, u8<255>}) == lookup_problem::table_must_have_256_elements);

TEST_CASE("lookup")
{
    std::vector<std::uint8_t> table(256), y(2);
    table[255] = 7;
    table[0] = 9;
    evaluate<std::uint8_t>({{}, u8<2>, u8<256>}, std::vector<std::uint8_t>{255, 0}, table, y);
    CHECK(y == std::vector<std::uint8_t>{7, 9});
}
