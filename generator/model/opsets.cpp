// Determines the operator set versions that a model imports, and reports conflicting or missing ones.
#include "model/bodies.hpp"
#include "model/model.hpp"
#include "support/failure.hpp"
#include <algorithm>
#include <limits>
#include <map>

namespace cameo::generator {

namespace {

/// Checks the opset imports of a model or function, and the domains of its nodes.
class checker {
public:
    template <class Owner>
    checker(const Owner& owner, std::set<std::string> own, std::vector<std::string>& problems)
        : known_(std::move(own)), problems_(problems)
    {
        std::map<std::string, std::int64_t> versions;
        for (const auto& o : owner.opset_import()) {
            const std::string domain = normal_domain(o.domain());
            known_.insert(domain);
            if (const auto [first, is_new] = versions.emplace(domain, o.version());
                !is_new && first->second != o.version()) {
                problems_.push_back(fmt::format(
                    "opset_import has domain '{}' twice, in versions {} and {}: nothing says which one nodes mean",
                    domain_text(domain), first->second, o.version()));
            }
        }
    }

    template <class Graph>
    void visit(const Graph& graph)
    {
        each_node(graph.node(), [&](const onnx::NodeProto& n) {
            const std::string domain = normal_domain(n.domain());
            if (known_.insert(domain).second) {
                problems_.push_back(fmt::format("node '{}' ({}) is of domain '{}', which is not in opset_import: what "
                                                "the operator means depends on the version",
                    n.name(), n.op_type(), domain_text(domain)));
            }
        });
    }

private:
    std::set<std::string> known_;
    std::vector<std::string>& problems_;
};

}  // namespace

int opset_of(const opset_list& imported, const std::string& domain)
{
    const auto found = std::find_if(imported.begin(), imported.end(),
        [&](const auto& o) { return normal_domain(o.domain()) == normal_domain(domain); });
    return found == imported.end()
               ? 0
               : static_cast<int>(std::clamp<std::int64_t>(found->version(), 0, std::numeric_limits<int>::max()));
}

std::vector<std::string> opset_problems(const model& m)
{
    std::vector<std::string> problems;
    std::set<std::string> own;  // the model says itself what its functions mean
    for (const auto& function : m.proto.functions()) {
        own.insert(normal_domain(function.domain()));
    }
    own.erase("");
    checker(m.proto, own, problems).visit(m.proto.graph());
    for (const auto& function : m.proto.functions()) {
        checker(function, own, problems).visit(function);
    }
    return problems;
}

}  // namespace cameo::generator
