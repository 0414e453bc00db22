// Formats rows of cells as lines of text, padded to columns.
#include "command/table.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace cameo::generator {

std::string table::text() const
{
    std::vector<std::vector<std::string>> all(1);
    for (const column& c : columns_) {
        all[0].push_back(c.title);
    }
    all.insert(all.end(), rows_.begin(), rows_.end());
    std::string text;
    std::vector<std::size_t> width(columns_.size());
    for (const auto& row : all) {
        for (std::size_t k = 0; k < row.size(); ++k) {
            width[k] = std::max(width[k], row[k].size());
        }
    }
    for (const auto& row : all) {
        std::string line;
        for (std::size_t k = 0; k < row.size(); ++k) {
            line += columns_[k].number ? fmt::format("{:>{}}  ", row[k], width[k])
                                       : fmt::format("{:<{}}  ", row[k], width[k]);
        }
        text += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
    }
    return text;
}

}  // namespace cameo::generator
