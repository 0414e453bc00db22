// Names in nodes and in their nested graphs (If, Loop, Scan), which read values of the graphs around them.
#pragma once
#include "model/onnx.pb.h"
#include <map>
#include <set>
#include <string>

namespace cameo::generator {

/// What a node reads: its inputs, and what its bodies take from the graphs around them.
std::set<std::string> reads(const onnx::NodeProto& n);
/// A node, and its bodies, read other values: names of the file to those that take their places.
void rename_reads(onnx::NodeProto& n, const std::map<std::string, std::string>& names);

/// What a body takes from the graphs around it.
std::set<std::string> taken_from_outside(const onnx::GraphProto& body);
/// Names that a graph gives to values of its own, bodies left out.
std::set<std::string> definitions(const onnx::GraphProto& g);
/// Every name of a graph and of its bodies: a new one must differ from all.
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

/// Calls visit with nodes, and with those of their bodies.
template <class Visit>
void each_node(const google::protobuf::RepeatedPtrField<onnx::NodeProto>& nodes, const Visit& visit)
{
    for (const auto& n : nodes) {
        visit(n);
        each_body(n, [&](const onnx::GraphProto& body) { each_node(body.node(), visit); });
    }
}

}  // namespace cameo::generator
