// Nodes with the same operator, attributes and operands → the first of them (common subexpression elimination).
#include "model/bodies.hpp"
#include "simplify/rewrites.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

/// Tells whether a node always computes the same results from the same operands.
bool is_function(const onnx::NodeProto& n)
{
    static const std::set<std::string> random{"RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike",
        "Multinomial", "Bernoulli", "Dropout"};
    return is_standard(n) && !random.contains(n.op_type()) && !has_bodies(n);
}

/// Serializes everything that determines what the node computes.
std::string meaning(onnx::NodeProto n)
{
    n.clear_name();
    n.clear_doc_string();
    n.clear_metadata_props();
    for (auto& result : *n.mutable_output()) {
        result = result.empty() ? "" : "made";
    }
    for (auto& attribute : *n.mutable_attribute()) {
        attribute.clear_doc_string();
    }
    std::sort(n.mutable_attribute()->begin(), n.mutable_attribute()->end(),
        [](const auto& a, const auto& b) { return a.name() < b.name(); });
    return n.SerializeAsString();
}

bool merge_into_first(source_graph& g, const onnx::NodeProto& first, onnx::NodeProto& second)
{
    if (std::any_of(second.output().begin(), second.output().end(),
            [&](const std::string& name) { return g.is_output(name); })) {
        return false;
    }
    const std::vector<std::string> results(second.output().begin(), second.output().end());
    g.remove(second);
    for (std::size_t k = 0; k < results.size(); ++k) {
        if (!results[k].empty()) {
            g.replace(results[k], first.output(static_cast<int>(k)));
        }
    }
    return true;
}

}  // namespace

/// Lets all readers use the first of several nodes that compute the same.
bool merge_equal_nodes(source_graph& g)
{
    bool changed = false;
    std::unordered_map<std::string, onnx::NodeProto*> seen;
    for (auto& n : g.nodes) {
        if (n.op_type().empty() || !is_function(n)) {
            continue;
        }
        const auto [place, is_new] = seen.try_emplace(meaning(n), &n);
        changed |= !is_new && merge_into_first(g, *place->second, n);
    }
    return changed;
}

}  // namespace cameo::generator
