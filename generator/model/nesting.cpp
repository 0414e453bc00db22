// Scans the tags of a protobuf file without recursion, to name the node that is nested too deeply for protobuf.
#include "model/nesting.hpp"
#include "model/onnx.pb.h"
#include <algorithm>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>
#include <vector>

namespace cameo::generator {

namespace {

using google::protobuf::internal::WireFormatLite;

enum class message { model, graph, node, attribute, function, other };

/// Returns the kind of message that a field holds.
message field_type(message by, int field)
{
    switch (by) {
    case message::model:
        return field == onnx::ModelProto::kGraphFieldNumber       ? message::graph
               : field == onnx::ModelProto::kFunctionsFieldNumber ? message::function
                                                                  : message::other;
    case message::graph: return field == onnx::GraphProto::kNodeFieldNumber ? message::node : message::other;
    case message::function: return field == onnx::FunctionProto::kNodeFieldNumber ? message::node : message::other;
    case message::node: return field == onnx::NodeProto::kAttributeFieldNumber ? message::attribute : message::other;
    case message::attribute:
        return field == onnx::AttributeProto::kGFieldNumber || field == onnx::AttributeProto::kGraphsFieldNumber
                   ? message::graph
                   : message::other;
    case message::other: break;
    }
    return message::other;
}

struct level {
    message kind = message::model;
    int outer_limit = 0;
    std::string name = "";  ///< of a node
};

std::string innermost_name(const std::vector<level>& path)
{
    const auto named = std::find_if(path.rbegin(), path.rend(), [](const level& l) { return !l.name.empty(); });
    return named == path.rend() ? "" : named->name;
}

}  // namespace

std::string too_deep_node(std::string_view bytes)
{
    google::protobuf::io::CodedInputStream in(
        reinterpret_cast<const std::uint8_t*>(bytes.data()), static_cast<int>(bytes.size()));
    std::vector<level> path{{}};
    while (!path.empty()) {
        const std::uint32_t tag = in.ReadTag();
        if (tag == 0) {
            if (path.size() > 1) {
                in.PopLimit(path.back().outer_limit);
            }
            path.pop_back();
            continue;
        }
        const int field = WireFormatLite::GetTagFieldNumber(tag);
        const message next = field_type(path.back().kind, field);
        const bool is_name = path.back().kind == message::node && field == onnx::NodeProto::kNameFieldNumber;
        if (WireFormatLite::GetTagWireType(tag) != WireFormatLite::WIRETYPE_LENGTH_DELIMITED ||
            (next == message::other && !is_name)) {
            if (!WireFormatLite::SkipField(&in, tag)) {
                return "";
            }
            continue;
        }
        std::uint32_t length = 0;
        if (!in.ReadVarint32(&length) || length > bytes.size()) {
            return "";
        }
        if (is_name) {
            if (!in.ReadString(&path.back().name, static_cast<int>(length))) {
                return "";
            }
        } else if (path.size() > static_cast<std::size_t>(deepest_message)) {
            return innermost_name(path);
        } else {
            path.push_back({next, in.PushLimit(static_cast<int>(length))});
        }
    }
    return "";
}

}  // namespace cameo::generator
