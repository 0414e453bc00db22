// Finds the one SequenceInsert of each sequence that a loop carries, and makes its part an output of the body.
#include "op/appended_parts.hpp"
#include "model/bodies.hpp"
#include <algorithm>
#include <ranges>

namespace cameo::generator {

namespace {

/// Returns the place of the one node that reads a name; none if an output is of that name, or if several nodes read it.
std::optional<int> only_reader(const onnx::GraphProto& g, const std::string& name)
{
    std::optional<int> found;
    for (int k = 0; k < g.node_size(); ++k) {
        if (reads(g.node(k)).contains(name)) {
            if (found) {
                return std::nullopt;
            }
            found = k;
        }
    }
    const bool is_output = std::ranges::any_of(g.output(), [&](const auto& o) { return o.name() == name; });
    return is_output ? std::nullopt : found;
}

/// Tells whether all that is made of a sequence is `after`, by appending to it.
bool appends(const onnx::GraphProto& g, const onnx::NodeProto& n, const std::string& before, const std::string& after)
{
    const auto is_after = [&](const auto& o) { return o.name() == after; };
    return n.op_type() == "SequenceInsert" && n.input_size() == 2 && n.input(0) == before && n.input(1) != before &&
           n.output_size() == 1 && n.output(0) == after && std::ranges::count_if(g.output(), is_after) == 1 &&
           std::ranges::none_of(g.node(), [&](const auto& reader) { return reads(reader).contains(after); });
}

}  // namespace

std::optional<onnx::GraphProto> with_appended_parts(onnx::GraphProto body, const std::vector<std::size_t>& sequences)
{
    for (const std::size_t k : sequences) {
        const int input = static_cast<int>(k) + 2, output = static_cast<int>(k) + 1;
        if (input >= body.input_size() || output >= body.output_size()) {
            return std::nullopt;
        }
        const std::string before = body.input(input).name(), after = body.output(output).name();
        const std::optional<int> at = only_reader(body, before);
        if (!at || !appends(body, body.node(*at), before, after)) {
            return std::nullopt;
        }
        body.add_output()->set_name(body.node(*at).input(1));
        body.mutable_node()->DeleteSubrange(*at, 1);
    }
    for (const std::size_t k : std::views::reverse(sequences)) {
        body.mutable_input()->DeleteSubrange(static_cast<int>(k) + 2, 1);
        body.mutable_output()->DeleteSubrange(static_cast<int>(k) + 1, 1);
    }
    return body;
}

}  // namespace cameo::generator
