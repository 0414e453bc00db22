// The domains whose operators cameo knows, and how an operator is found.
#include "import/operator_table.hpp"

namespace cameo::generator {

int newest_opset(const std::string& domain)
{
    static const std::map<std::string, int> newest{
        {"", 28}, {"ai.onnx.ml", 5}, {"ai.onnx.preview", 1}, {"ai.onnx.preview.training", 1}, {"com.microsoft", 1}};
    return newest.at(normal_domain(domain));
}

const operator_entry* operator_table::find(const std::string& qualified_name) const
{
    const auto found = entries_.find(qualified_name);
    return found == entries_.end() ? nullptr : &found->second;
}

}  // namespace cameo::generator
