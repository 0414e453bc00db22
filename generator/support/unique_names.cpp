// Makes names unique by numbers, starting where the last search for the same name ended: many nodes may share a name.
#include "support/unique_names.hpp"
#include <fmt/format.h>

namespace cameo::generator {

std::string unique_names::make(const std::string& like)
{
    if (taken_.insert(like).second) {
        return like;
    }
    int& next = next_.try_emplace(like, first_).first->second;
    std::string name;
    do {
        name = fmt::format("{}_{}", like, next++);
    } while (!taken_.insert(name).second);
    return name;
}

}  // namespace cameo::generator
