// Names in nodes and in their nested graphs (If, Loop, Scan), which read values of the graphs around them.
#pragma once
#include "model/onnx.pb.h"
#include <map>
#include <set>
#include <string>

namespace cameo::generator {

/// Returns the names that a node reads: its inputs, and what its bodies capture from the graphs around them.
std::set<std::string> reads(const onnx::NodeProto& n);
/// Renames what a node and its bodies read, from names of the file to their replacements.
void rename_reads(onnx::NodeProto& n, const std::map<std::string, std::string>& names);

/// Returns the names that a body captures from the graphs around it.
std::set<std::string> taken_from_outside(const onnx::GraphProto& body);
/// Returns the names that a graph itself defines, without its bodies.
std::set<std::string> definitions(const onnx::GraphProto& g);
/// Adds every name of a graph and its bodies, from all of which a new name must differ.
void add_all_names(const onnx::GraphProto& g, std::set<std::string>& names);

bool has_bodies(const onnx::NodeProto& n);

/// Calls visit with each body of a node.
template <class Node, class Visit>
void each_body(Node& n, Visit visit)
{
    for (int k = 0; k < n.attribute_size(); ++k) {
        if constexpr (std::is_const_v<Node>) {
            if (n.attribute(k).has_g()) {
                visit(n.attribute(k).g());
            }
            for (const auto& g : n.attribute(k).graphs()) {
                visit(g);
            }
        } else {
            auto& attribute = *n.mutable_attribute(k);
            if (attribute.has_g()) {
                visit(*attribute.mutable_g());
            }
            for (auto& g : *attribute.mutable_graphs()) {
                visit(g);
            }
        }
    }
}

/// Calls visit with each node, and with those of its bodies.
template <class Visit>
void each_node(const google::protobuf::RepeatedPtrField<onnx::NodeProto>& nodes, const Visit& visit)
{
    for (const auto& n : nodes) {
        visit(n);
        each_body(n, [&](const onnx::GraphProto& body) { each_node(body.node(), visit); });
    }
}

}  // namespace cameo::generator
