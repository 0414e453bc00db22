// The table of ONNX operators that can be imported. Each file of generator/op adds its own; op/list.txt names the
// files.
#pragma once
#include "import/layer_facts.hpp"
#include "import/source_node.hpp"
#include "model/model.hpp"
#include <map>

namespace cameo::generator {

using import_function = std::function<void(source_node&)>;

/// Returns the newest opset of a domain that this version of cameo knows.
int newest_opset(const std::string& domain);

/// What cameo knows of an operator of ONNX or of another domain.
struct operator_entry {
    std::string domain;  ///< empty for ONNX's own
    std::string name;
    std::vector<int>
        versions;  ///< opsets of the domain that gave this operator a new definition, all of them known to `import`
    import_function import;
    /// What nodes become, beside constants, views, networks within the network and what moves or converts data. The
    /// first decides which element types they may have.
    std::vector<layer_facts> (*layers)();
    std::string limits;  ///< what the importer refuses that ONNX allows, for people; empty where that is nothing
};

class operator_table {
public:
    /// Adds an operator of ONNX. `versions` are the opsets of its definitions, in order; an opset before the first is
    /// refused. `Layer` is a spec, an elementwise function or, first, a list of element types that narrows what the
    /// others take.
    template <class... Layer>
    void add(const std::string& name, std::vector<int> versions, import_function import, std::string limits = {})
    {
        add_of_domain<Layer...>("", name, std::move(versions), std::move(import), std::move(limits));
    }
    template <class... Layer>
    void add_of_domain(const std::string& domain, const std::string& name, std::vector<int> versions,
        import_function import, std::string limits = {})
    {
        entries_[qualified_name(domain, name)] = {
            domain, name, std::move(versions), std::move(import), facts_of_layers<Layer...>, std::move(limits)};
    }
    /// Finds an operator by its qualified name; null if there is none.
    const operator_entry* find(const std::string& qualified_name) const;
    const std::map<std::string, operator_entry>& entries() const { return entries_; }

private:
    std::map<std::string, operator_entry> entries_;
};

}  // namespace cameo::generator
