// Tables of text for the terminal: commands add rows of cells and get back aligned columns.
#pragma once
#include <string>
#include <vector>

namespace cameo::generator {

/// Rows under a header, in columns as wide as their widest cell. Columns of numbers are aligned to the right.
class table {
public:
    struct column {
        std::string title;
        bool number = false;
    };

    explicit table(std::vector<column> columns) : columns_(std::move(columns)) {}
    void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
    std::string text() const;

private:
    std::vector<column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace cameo::generator
