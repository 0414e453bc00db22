// Refuses functions that call themselves and graphs that are nested too deeply.
#include "import/nesting.hpp"
#include "import/source_node.hpp"
#include "model/model.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

std::string name_of(const onnx::FunctionProto& f) { return qualified_name(f.domain(), f.name()); }

}  // namespace

nesting::level::level(nesting& all, const onnx::FunctionProto* called) : all_(all)
{
    constexpr std::size_t deepest = 100;
    const auto& around = all.around_;
    if (called && std::find(around.begin(), around.end(), called) != around.end()) {
        throw unsupported("the function '{}' calls itself: {}", name_of(*called), all.path_to(*called));
    }
    if (around.size() >= deepest) {
        throw unsupported("functions, branches and bodies are within each other more than {} deep", deepest);
    }
    all_.around_.push_back(called);
}

std::string nesting::path_to(const onnx::FunctionProto& called) const
{
    std::string text;
    for (auto f = std::find(around_.begin(), around_.end(), &called); f != around_.end(); ++f) {
        if (*f) {
            text += name_of(**f) + " calls ";
        }
    }
    return text + name_of(called);
}

}  // namespace cameo::generator
