// Declares how the graphs within a node are imported in the scope around it.
#pragma once
#include "import/bodies.hpp"
#include "import/context.hpp"
#include "import/scope.hpp"

namespace cameo::generator {

/// Imports the graphs that a node contains: branches of If, bodies of Loop and Scan.
class nested_graphs : public body_importer {
public:
    nested_graphs(import_context& all, scope& outer) : all_(all), outer_(outer) {}

    std::vector<value*> inlined(const onnx::GraphProto& proto, const std::vector<value*>& inputs) override;
    bool within(dim nodes, const std::function<bool()>& work) override;
    body nested(std::string role, const onnx::GraphProto& proto, const operation::types& inputs) override;

private:
    std::vector<value*> import_all(const onnx::GraphProto& proto, scope& own, const std::vector<value*>& inputs);

    import_context& all_;
    scope& outer_;
};

}  // namespace cameo::generator
