// Identity(x), x + 0, x * 1, Cast to the same type, Reshape to the same shape, … → x.
#include "simplify/rewrites.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

bool all_are(const source_graph& g, const std::string& name, double number)
{
    const tensor* t = g.constant(name);
    if (!t) {
        return false;
    }
    const std::vector<double> all = numbers(*t);
    return std::all_of(all.begin(), all.end(), [&](double v) { return v == number; });
}

struct neutral {
    double number;
    bool at_any_place;  ///< as the first operand too
};

const std::map<std::string, neutral>& neutral_operands()
{
    static const std::map<std::string, neutral> table{
        {"Add", {0, true}}, {"Sub", {0, false}}, {"Mul", {1, true}}, {"Div", {1, false}}, {"Pow", {1, false}}};
    return table;
}

/// Tells whether the result has the type of the operand at any size. Broadcasting may make it larger.
bool keeps_type(const source_graph& g, const onnx::NodeProto& n, int operand)
{
    const auto x = g.known.type(input_of(n, operand)), y = g.known.type(n.output(0));
    if (!x || !y || x->element != y->element || x->extents.size() != y->extents.size()) {
        return false;
    }
    for (std::size_t axis = 0; axis < x->extents.size(); ++axis) {
        if (x->extents[axis] != y->extents[axis] ||
            (x->extents[axis] == open_type::unknown && x->names[axis] != y->names[axis])) {
            return false;
        }
    }
    return true;
}

/// Returns the operand that is the result of x + 0, x * 1 and the like.
const std::string* unchanged_operand(const source_graph& g, const onnx::NodeProto& n)
{
    const auto found = is_standard(n) && g.opset >= 7 ? neutral_operands().find(n.op_type()) : neutral_operands().end();
    if (found == neutral_operands().end() || n.input_size() != 2) {
        return nullptr;
    }
    for (int k = 0; k < (found->second.at_any_place ? 2 : 1); ++k) {
        if (all_are(g, input_of(n, 1 - k), found->second.number)) {
            const bool spreads =
                g.constant(input_of(n, 1 - k))->type.shape != shape{};  // a single number does not, whatever it meets
            if (!spreads || keeps_type(g, n, k)) {
                return &input_of(n, k);
            }
        }
    }
    return nullptr;
}

/// Returns the operand that is the result: of a cast to the same type, of a variadic operator with one operand, and of
/// nodes for which the importer adds nothing.
const std::string* only_operand(const source_graph& g, const onnx::NodeProto& n)
{
    static const std::set<std::string> of_many{"Concat", "Sum", "Max", "Min", "Mean"};
    if (n.input_size() == 0 || input_of(n, 0).empty()) {
        return nullptr;
    }
    if (is(n, "Identity") || (is_standard(n) && of_many.contains(n.op_type()) && n.input_size() == 1)) {
        return &input_of(n, 0);
    }
    const auto from = g.known.type(input_of(n, 0)), to = g.known.type(n.output(0));
    if ((is(n, "Cast") || is(n, "CastLike")) && from && to && from->element == to->element) {
        return &input_of(n, 0);
    }
    const auto same = std::find_if(n.input().begin(), n.input().end(),
        [&](const std::string& name) { return !name.empty() && g.known.same(name, n.output(0)); });
    return same == n.input().end() ? nullptr : &*same;
}

bool remove_identity(source_graph& g, onnx::NodeProto& n)
{
    if (n.output_size() == 0 || n.output(0).empty()) {
        return false;
    }
    if (std::any_of(
            n.output().begin() + 1, n.output().end(), [&](const std::string& other) { return g.is_read(other); })) {
        return false;
    }
    const std::string* operand = only_operand(g, n);
    if (!operand) {
        operand = unchanged_operand(g, n);
    }
    return operand && g.bypass(n, std::string(*operand));
}

}  // namespace

/// Removes nodes whose result is their operand: Identity, Dropout, and Reshape, Pad, Slice, Expand or Transpose that
/// change nothing.
bool remove_identities(source_graph& g) { return at_each_node<remove_identity>(g); }

}  // namespace cameo::generator
