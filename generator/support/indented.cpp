// Indents text.
#include "support/indented.hpp"
#include <algorithm>

namespace cameo::generator {

std::string indented(const std::string& lines)
{
    std::string text;
    for (std::size_t first = 0; first < lines.size();) {
        const std::size_t end = std::min(lines.find('\n', first), lines.size());
        if (end > first) {
            text += "    " + lines.substr(first, end - first);
        }
        text += '\n';
        first = end + 1;
    }
    return text;
}

}  // namespace cameo::generator
