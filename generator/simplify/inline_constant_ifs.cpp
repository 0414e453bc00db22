// If with a constant condition → the nodes of the branch that it takes.
#include "model/bodies.hpp"
#include "simplify/rewrites.hpp"

namespace cameo::generator {

namespace {

onnx::NodeProto identity_node(const std::string& from, const std::string& to)
{
    onnx::NodeProto n;
    n.set_op_type("Identity");
    n.add_input(from);
    n.add_output(to);
    return n;
}

/// Makes new names for what the branch defines: its own may be taken in the graph around it, or by a branch that was
/// inlined before.
std::map<std::string, std::string> new_names(source_graph& g, const onnx::GraphProto& branch, const std::string& like)
{
    std::map<std::string, std::string> names;
    for (const std::string& name : definitions(branch)) {
        names[name] = g.unique(like.empty() ? name : fmt::format("{}/{}", like, name));
    }
    return names;
}

/// Inserts the nodes of the branch before `at`, so that they make `results`.
void put_before(
    source_graph& g, const onnx::NodeProto& at, onnx::GraphProto branch, const std::vector<std::string>& results)
{
    const auto names = new_names(g, branch, at.name());
    for (auto& t : *branch.mutable_initializer()) {
        t.set_name(names.at(t.name()));
        g.add_initializer(std::move(t));
    }
    for (auto& n : *branch.mutable_node()) {
        rename_reads(n, names);
        for (auto& result : *n.mutable_output()) {
            if (!result.empty()) {
                result = names.at(result);
            }
        }
        g.insert_before(at, std::move(n));
    }
    for (std::size_t k = 0; k < results.size(); ++k) {
        const std::string& result = branch.output(static_cast<int>(k)).name();
        if (!results[k].empty()) {
            g.insert_before(at, identity_node(names.contains(result) ? names.at(result) : result, results[k]));
        }
    }
}

bool inline_branch(source_graph& g, onnx::NodeProto& n)
{
    if (!is(n, "If")) {
        return false;
    }
    const tensor* condition = g.constant(input_of(n, 0));
    if (!condition || condition->type.element != element::boolean || condition->type.shape.count() != 1) {
        return false;
    }
    const auto* attribute = find_attribute(n, condition->as<bool>()[0] ? "then_branch" : "else_branch");
    if (!attribute || attribute->g().output_size() != n.output_size() || attribute->g().sparse_initializer_size()) {
        return false;
    }
    onnx::GraphProto branch = attribute->g();
    const std::vector<std::string> results(n.output().begin(), n.output().end());
    g.edit(n, [](onnx::NodeProto& old) { old.clear_output(); });  // others make them now
    put_before(g, n, std::move(branch), results);
    g.remove(n);
    return true;
}

}  // namespace

/// Replaces an If whose condition is constant by the nodes of its branch.
bool inline_constant_ifs(source_graph& g) { return at_each_node<inline_branch>(g); }

}  // namespace cameo::generator
