// A node whose results are constant at every size → initializers.
#include "simplify/rewrites.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

/// Tells whether the file would grow much. Then the network computes the value at run time (ConstantOfShape, Expand,
/// Tile).
bool inflates(const source_graph& g, const onnx::NodeProto& n)
{
    constexpr std::size_t small = std::size_t{1} << 24;
    std::size_t before = 0, after = 0;
    for (const auto& name : n.output()) {
        if (!name.empty()) {
            after += g.constant(name)->bytes.size();
        }
    }
    for (const auto& name : n.input()) {
        if (const tensor* data = g.constant(name)) {
            before += data->bytes.size();
        }
    }
    return after > small && after > 2 * before;
}

bool fold(source_graph& g, onnx::NodeProto& n)
{
    const auto is_constant = [&](const std::string& name) {
        return name.empty() || (g.constant(name) && g.may_be_initializer(name));
    };
    if (!std::all_of(n.output().begin(), n.output().end(), is_constant) || inflates(g, n)) {
        return false;
    }
    const std::vector<std::string> results(n.output().begin(), n.output().end());
    g.remove(n);
    for (const std::string& name : results) {
        if (g.is_read(name)) {
            g.add_initializer(name, *g.constant(name));
        }
    }
    return true;
}

}  // namespace

/// Replaces nodes whose results are constant by initializers.
bool fold_constants(source_graph& g) { return at_each_node<fold>(g); }

}  // namespace cameo::generator
