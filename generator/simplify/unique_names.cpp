#include "simplify/unique_names.hpp"
#include "model/bodies.hpp"
#include <fmt/format.h>

namespace cameo::generator {

unique_names::unique_names(const onnx::GraphProto& g) { add_all_names(g, taken_); }

std::string unique_names::make(const std::string& like)
{
    if (taken_.insert(like).second) return like;
    int& next = next_.try_emplace(like, 1).first->second;
    std::string name;
    do name = fmt::format("{}_{}", like, next++);
    while (!taken_.insert(name).second);
    return name;
}

}  // namespace cameo::generator
