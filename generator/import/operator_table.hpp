// The table of ONNX operators that can be imported. Each file of generator/op adds its own; op/list.txt names the
// files.
#pragma once
#include "import/layer_facts.hpp"
#include "import/source_node.hpp"
#include <map>

namespace cameo::generator {

using import_function = std::function<void(source_node&)>;

/// An operator's domain and name, with the opsets that changed its definition.
struct operator_entry {
    std::vector<int>
        versions;  ///< opsets that ONNX gave this operator a new definition in, all of them known to `import`
    import_function import;
    /// What nodes become, beside constants, views, networks within the network and what moves or converts data. The
    /// first decides which element types they may have.
    std::vector<layer_facts> (*layers)();
    std::string limits;  ///< what the importer refuses that ONNX allows, for people; empty where that is nothing
};

class operator_table {
public:
    /// Adds an ONNX operator. `versions` are the opsets of its definitions, in order; an opset before the first is
    /// refused. `Layer` is a spec, an elementwise function or, first, a list of element types that narrows what the
    /// others take.
    template <class... Layer>
    void add(
        const std::string& operator_type, std::vector<int> versions, import_function import, std::string limits = {})
    {
        entries_[operator_type] = {
            std::move(versions), std::move(import), facts_of_layers<Layer...>, std::move(limits)};
    }
    const operator_entry* find(const std::string& domain, const std::string& operator_type) const;
    const std::map<std::string, operator_entry>& entries() const { return entries_; }

private:
    std::map<std::string, operator_entry> entries_;
};

/// Returns the table of all operators.
const operator_table& operators();

/// The newest opset that this version of cameo knows.
inline constexpr int newest_opset = 28;

}  // namespace cameo::generator
