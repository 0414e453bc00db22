// Reshape(Reshape(x)) → Reshape(x), and a computed shape → a constant one; likewise Flatten, Squeeze and Unsqueeze.
#include "simplify/rewrites.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

bool reshapes(const onnx::NodeProto& n)
{
    static const std::set<std::string> all{"Reshape", "Flatten", "Squeeze", "Unsqueeze"};
    return is_standard(n) && all.contains(n.op_type());
}

/// Returns the shape operand for a value, with -1 for an extent that depends on open axes; nothing if there are
/// several.
std::optional<tensor> shape_of(const source_graph& g, const std::string& name)
{
    const auto type = g.known.type(name);
    if (!type || std::count(type->extents.begin(), type->extents.end(), open_type::unknown) > 1 ||
        std::count(type->extents.begin(), type->extents.end(), 0)) {
        return std::nullopt;
    }
    tensor extents({element::int64, {std::ssize(type->extents)}});
    std::copy(type->extents.begin(), type->extents.end(), extents.as<std::int64_t>().begin());
    return extents;
}

bool settle(source_graph& g, onnx::NodeProto& n)
{
    if (!reshapes(n) || g.opset < 5) {
        return false;
    }
    const onnx::NodeProto* first = g.producer(input_of(n, 0));
    const bool follows = first && reshapes(*first), computes = is(n, "Reshape") && !g.constant(input_of(n, 1));
    const auto to = follows || computes ? shape_of(g, n.output(0)) : std::nullopt;
    if (!to) {
        return false;
    }
    const std::string operand = follows ? input_of(*first, 0) : input_of(n, 0),
                      extents = g.add_constant(n.output(0) + "/shape", *to);
    g.edit(n, [&](onnx::NodeProto& m) {
        m.set_op_type("Reshape");
        m.clear_attribute();
        m.clear_input();
        m.add_input(operand);
        m.add_input(extents);
    });
    return true;
}

}  // namespace

/// Keeps only the last of successive reshapes, and makes a computed shape constant if at most one extent is open.
bool merge_reshapes(source_graph& g) { return at_each_node<settle>(g); }

}  // namespace cameo::generator
