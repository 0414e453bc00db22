// Finds the known name closest to a mistyped one, by edit distance.
#include "support/nearest.hpp"
#include "support/failure.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

/// Computes Levenshtein's distance, with a swap of two letters as one mistake (optimal string alignment).
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        d[i][0] = i;
    }
    for (std::size_t j = 0; j <= b.size(); ++j) {
        d[0][j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
            }
        }
    }
    return d[a.size()][b.size()];
}

}  // namespace

std::string did_you_mean(std::string_view wrong, const std::vector<std::string>& known)
{
    constexpr std::size_t longest = 64;  // names of a file may have any length
    const std::string* best = nullptr;
    std::size_t fewest = wrong.size() / 3 + 1;
    for (const std::string& name : known) {
        if (wrong.size() > longest || name.size() > longest) {
            continue;
        }
        if (const std::size_t mistakes = distance(wrong, name); mistakes < std::min(fewest, name.size())) {
            best = &name, fewest = mistakes;
        }
    }
    return best ? fmt::format("; did you mean '{}'?", printable(*best)) : "";
}

std::string quoted_list(const std::vector<std::string>& names, std::string_view otherwise)
{
    std::string text;
    for (const std::string& name : names) {
        text += fmt::format("{}'{}'", text.empty() ? "" : ", ", printable(name));
    }
    return text.empty() ? std::string(otherwise) : text;
}

}  // namespace cameo::generator
