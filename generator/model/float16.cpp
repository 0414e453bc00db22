// Decodes float16 and bfloat16, and finds the nodes that compute with them, which are refused by default.
#include "model/float16.hpp"
#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace cameo::generator {

namespace {

using names = std::set<std::string, std::less<>>;

float from_float16(std::uint16_t bits)
{
    const int exponent = bits >> 10 & 31;
    const float fraction = static_cast<float>(bits & 1023);
    float size = exponent ? std::ldexp(1024 + fraction, exponent - 25) : std::ldexp(fraction, -24);
    if (exponent == 31) {
        size = fraction == 0 ? std::numeric_limits<float>::infinity() : std::numeric_limits<float>::quiet_NaN();
    }
    return bits >> 15 ? -size : size;
}

/// Operators that copy elements: results have the element type of the operands, and the same numbers.
const names moving{"Concat", "Expand", "Flatten", "Gather", "Identity", "Reshape", "Slice", "Split", "Squeeze",
    "Transpose", "Unsqueeze"};
/// Attributes that set the element type of a result.
const names result_types{"dtype", "output_dtype", "stash_type", "to"};

/// Follows values of 16 bits through a graph and its nested graphs. If sibling graphs share a name, it counts as 16
/// bits when one of them makes it so.
class walk {
public:
    walk(const opset_list& opsets, std::vector<diagnostic>& found) : opsets_(opsets), found_(found) {}

    template <class Graph>
    void run(const Graph& graph)
    {
        std::size_t known = 0;
        do {  // nodes may stand in any order
            known = halves_.size();
            visit_nodes(graph.node(), false);
        } while (halves_.size() > known);
        visit_nodes(graph.node(), true);
    }

    void add_constants(const onnx::GraphProto& graph)
    {
        for (const auto& t : graph.initializer()) {
            if (is_16_bit_float(t.data_type())) {
                halves_.insert(t.name());
            }
        }
    }

    void add_inputs(const onnx::GraphProto& graph)
    {
        for (const auto& v : graph.input()) {
            if (const int code = v.type().tensor_type().elem_type();
                is_16_bit_float(code) && halves_.insert(v.name()).second) {
                found_.push_back(
                    {"", "", 0, fmt::format("input '{}': is {}{}", v.name(), element_type_name(code), advice)});
            }
        }
    }

    const names& halves() const { return halves_; }

    void report_outputs(const onnx::GraphProto& graph)
    {
        for (const auto& v : graph.output()) {
            if (halves_.contains(v.name())) {
                found_.push_back({"", "", 0, fmt::format("output '{}': is of 16 bits{}", v.name(), advice)});
            }
        }
    }

private:
    static constexpr const char* advice =
        ", which cameo has no type for: --float16 as-float32 takes float32 instead, in the interface too";

    template <class Nodes>
    void visit_nodes(const Nodes& nodes, bool report)
    {
        for (const auto& n : nodes) {
            visit(n, report);
        }
    }

    void visit(const onnx::NodeProto& n, bool report)
    {
        const bool casts = n.op_type() == "Cast", reads = std::any_of(n.input().begin(), n.input().end(),
                                                      [&](const auto& name) { return halves_.contains(name); });
        bool makes = false, holds = false;  // as a result's type says; as a constant
        for (const auto& a : n.attribute()) {
            makes = makes || (result_types.contains(a.name()) && is_16_bit_float(static_cast<int>(a.i())));
            holds = holds || is_16_bit_float(a.t().data_type());
            if (a.has_g()) {
                holds = visit_inner(a.g(), report) || holds;
            }
        }
        const bool moves = !makes && (casts || !reads || moving.contains(n.op_type()));
        if (report && !moves) {
            found_.push_back(
                {n.name(), n.op_type(), opset_of(opsets_, n.domain()), fmt::format("computes with 16 bits{}", advice)});
        }
        if (casts ? makes : makes || holds || reads) {
            halves_.insert(n.output().begin(), n.output().end());
        }
        halves_.erase("");  // an output that nobody wants
    }

    /// Tells whether the graph has an output of 16 bits.
    bool visit_inner(const onnx::GraphProto& graph, bool report)
    {
        add_constants(graph);
        visit_nodes(graph.node(), report);
        return std::any_of(
            graph.output().begin(), graph.output().end(), [&](const auto& v) { return halves_.contains(v.name()); });
    }

    const opset_list& opsets_;
    names halves_;  ///< values of 16 bits
    std::vector<diagnostic>& found_;
};

}  // namespace

bool is_16_bit_float(int code) { return code == onnx::TensorProto::FLOAT16 || code == onnx::TensorProto::BFLOAT16; }

float widened(int code, std::uint16_t bits)
{
    return code == onnx::TensorProto::BFLOAT16 ? std::bit_cast<float>(std::uint32_t{bits} << 16) : from_float16(bits);
}

std::vector<diagnostic> float16_computations(const model& m)
{
    std::vector<diagnostic> found;
    walk whole(m.proto.opset_import(), found);
    whole.add_constants(m.proto.graph());
    whole.add_inputs(m.proto.graph());
    whole.run(m.proto.graph());
    whole.report_outputs(m.proto.graph());
    for (const auto& function : m.proto.functions()) {
        walk(function.opset_import(), found).run(function);
    }
    return found;
}

std::set<std::string, std::less<>> float16_values(const model& m)
{
    std::vector<diagnostic> unused;
    walk whole(m.proto.opset_import(), unused);
    whole.add_constants(m.proto.graph());
    whole.add_inputs(m.proto.graph());
    whole.run(m.proto.graph());
    return whole.halves();
}

}  // namespace cameo::generator
