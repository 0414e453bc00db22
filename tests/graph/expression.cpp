// Expressions of sizes: what explains a text at several sizes, and what must not.
#include "open_sizes/expression.hpp"
#include <cmath>
#include <doctest/doctest.h>

using namespace cameo::generator;
using cameo::dim;
using cameo::shape;

namespace {

/// A network of rows x columns that was made at several sizes; `b` is half of `a`, rounded up, along both axes.
struct sizes {
    std::vector<parameter> parameters{{"rows", "rows", 64, false}, {"columns", "columns", 64, false}};
    std::vector<std::vector<dim>> extents{{64, 64}, {96, 64}, {64, 96}, {129, 129}, {187, 187}, {83, 83}};
    std::vector<sample> samples;
    value a, b;
    std::vector<const value*> values{&a, &b};

    sizes()
    {
        for (const auto& e : extents) {
            samples.push_back({e, {{1, e[0], e[1]}, {1, (e[0] + 1) / 2, (e[1] + 1) / 2}}});
        }
    }

    /// The expression of what `text` says of rows and columns; empty if there is none.
    std::string of(auto text, int operand = -1) const
    {
        std::vector<std::string> found;
        for (const auto& e : extents) {
            found.push_back(text(e[0], e[1]));
        }
        const auto expression = expression_of(found, {parameters, samples, values, operand});
        return expression ? expression->text : "";
    }
};

std::string braces(dim a, dim b) { return fmt::format("{{{}, {}}}", a, b); }

}  // namespace

TEST_CASE("numbers that depend on sizes")
{
    const sizes s;
    CHECK(s.of([](dim rows, dim columns) { return braces(rows, columns); }) == "{rows, columns}");
    CHECK(
        s.of([](dim rows, dim columns) { return braces(2 * rows + columns - 3, 7); }) == "{2 * rows + columns - 3, 7}");
    CHECK(s.of([](dim rows, dim) { return braces(-rows, 64 - rows); }) == "{-rows, -rows + 64}");
    CHECK(s.of([](dim rows, dim columns) { return braces(3 * rows * columns, 1); }) == "{3 * rows * columns, 1}");
    CHECK(s.of([](dim rows, dim) { return fmt::format("div(x, {}.0)", rows); }) == "div(x, static_cast<double>(rows))");
}

TEST_CASE("extents of values before")
{
    const sizes s;
    CHECK(s.of([](dim rows, dim columns) { return braces(rows, columns); }, 0) ==
          "{$0::type.shape[1], $0::type.shape[2]}");
    CHECK(s.of([](dim rows, dim) { return braces((rows + 1) / 2, 2); }) == "{$0::type.shape[1], 2}");
    CHECK(s.of([](dim rows, dim columns) { return braces((rows + 1) / 2 * ((columns + 1) / 2), 2); }) ==
          "{$0::type.shape.count(1, 3), 2}");
    CHECK(s.of([](dim rows, dim) { return braces((rows + 1) / 2 * 2 - 1, 2); }) == "{2 * $0::type.shape[1] - 1, 2}");
    CHECK(s.of([](dim rows, dim) { return braces(rows / 3, (rows + 4) / 5); }) ==
          "{$0::type.shape[1] / 3, ($0::type.shape[1] + 4) / 5}");
}

TEST_CASE("what is no expression")
{
    const sizes s;
    CHECK(s.of([](dim rows, dim) { return braces(rows % 7, 0); }).empty());
    CHECK(s.of([](dim rows, dim) { return braces(static_cast<dim>(std::sqrt(rows)), 0); }).empty());
    CHECK(s.of([](dim rows, dim) { return rows > 64 ? "{1, 2}" : "{1}"; }).empty());
    CHECK(s.of([](dim rows, dim) { return rows > 64 ? "same_upper" : "same_lower"; }).empty());
}
