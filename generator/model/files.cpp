// Lists the files that a model consists of: the model itself and its external data.
#include "model/model.hpp"
#include "support/failure.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

class file_collector {
public:
    explicit file_collector(std::filesystem::path directory) : directory_(std::move(directory)) {}

    void visit(const onnx::GraphProto& graph)
    {
        for (const auto& tensor : graph.initializer()) {
            visit(tensor);
        }
        visit_nodes(graph);
    }

    template <class Graph>
    void visit_nodes(const Graph& graph)
    {
        for (const auto& node : graph.node()) {
            for (const auto& attribute : node.attribute()) {
                visit(attribute);
            }
        }
    }

    std::set<std::string> found;

private:
    void visit(const onnx::AttributeProto& attribute)
    {
        visit(attribute.t());
        for (const auto& tensor : attribute.tensors()) {
            visit(tensor);
        }
        if (attribute.has_g()) {
            visit(attribute.g());
        }
        for (const auto& graph : attribute.graphs()) {
            visit(graph);
        }
    }
    void visit(const onnx::TensorProto& tensor)
    {
        for (const auto& entry : tensor.external_data()) {
            if (entry.key() == "location") {
                check(entry.value(), tensor.name());
                found.insert((directory_ / entry.value()).string());
            }
        }
    }

    /// Refuses a name that could act as more than a name: in build systems, which read lines, and in terminals.
    static void check(const std::string& location, const std::string& tensor)
    {
        if (std::any_of(location.begin(), location.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; })) {
            throw failure("tensor '{}': external data location '{}' has control characters", printable(tensor),
                printable(location));
        }
    }

    std::filesystem::path directory_;
};

}  // namespace

std::set<std::string> files_of(const model& m)
{
    file_collector collector(m.path.parent_path());
    collector.visit(m.proto.graph());
    for (const auto& function : m.proto.functions()) {
        collector.visit_nodes(function);
    }
    collector.found.insert(m.path.string());
    return std::move(collector.found);
}

}  // namespace cameo::generator
