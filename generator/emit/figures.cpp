// Writes numbers with commas, and large ones in millions.
#include "emit/figures.hpp"
#include <fmt/format.h>

namespace cameo::generator {

std::string grouped(dim n)
{
    std::string text = std::to_string(n);
    for (std::size_t at = text.size(); at > 3;) {
        at -= 3;
        text.insert(at, ",");
    }
    return text;
}

std::string counted(dim n, const std::string& what) { return grouped(n) + ' ' + what + (n == 1 ? "" : "s"); }

std::string rounded(dim n)
{
    constexpr dim exact_below = 100'000, billion = 1'000'000'000;
    const double millions = static_cast<double>(n) / 1e6;
    return n < exact_below ? grouped(n)
           : n < billion   ? fmt::format("{:.2f} million", millions)
                           : fmt::format("{:.2f} billion", millions / 1e3);
}

}  // namespace cameo::generator
