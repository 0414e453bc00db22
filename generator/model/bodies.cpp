// Finds and renames the names that nodes and their nested graphs (If, Loop, Scan) define and read.
#include "model/bodies.hpp"

namespace cameo::generator {

namespace {

void rename_taken(onnx::GraphProto& body, std::map<std::string, std::string> names)
{
    for (const std::string& own : definitions(body)) {
        names.erase(own);
    }
    if (names.empty()) {
        return;
    }
    for (auto& n : *body.mutable_node()) {
        rename_reads(n, names);
    }
    for (auto& v : *body.mutable_output()) {
        if (const auto found = names.find(v.name()); found != names.end()) {
            v.set_name(found->second);
        }
    }
}

}  // namespace

std::set<std::string> taken_from_outside(const onnx::GraphProto& body)
{
    const std::set<std::string> own = definitions(body);
    std::set<std::string> taken;
    for (const auto& n : body.node()) {
        taken.merge(reads(n));
    }
    for (const auto& v : body.output()) {
        taken.insert(v.name());
    }
    std::erase_if(taken, [&](const std::string& name) { return own.contains(name); });
    return taken;
}

std::set<std::string> reads(const onnx::NodeProto& n)
{
    std::set<std::string> names(n.input().begin(), n.input().end());
    names.erase("");
    each_body(n, [&](const onnx::GraphProto& body) { names.merge(taken_from_outside(body)); });
    return names;
}

void rename_reads(onnx::NodeProto& n, const std::map<std::string, std::string>& names)
{
    for (auto& input : *n.mutable_input()) {
        if (const auto found = names.find(input); found != names.end()) {
            input = found->second;
        }
    }
    each_body(n, [&](onnx::GraphProto& body) { rename_taken(body, names); });
}

std::set<std::string> definitions(const onnx::GraphProto& g)
{
    std::set<std::string> names;
    for (const auto& v : g.input()) {
        names.insert(v.name());
    }
    for (const auto& t : g.initializer()) {
        names.insert(t.name());
    }
    for (const auto& t : g.sparse_initializer()) {
        names.insert(t.values().name());
    }
    for (const auto& n : g.node()) {
        names.insert(n.output().begin(), n.output().end());
    }
    names.erase("");
    return names;
}

void add_all_names(const onnx::GraphProto& g, std::set<std::string>& names)
{
    names.merge(definitions(g));
    for (const auto& v : g.output()) {
        names.insert(v.name());
    }
    for (const auto& n : g.node()) {
        names.insert(n.input().begin(), n.input().end());
        each_body(n, [&](const onnx::GraphProto& body) { add_all_names(body, names); });
    }
}

bool has_bodies(const onnx::NodeProto& n)
{
    bool found = false;
    each_body(n, [&](const onnx::GraphProto&) { found = true; });
    return found;
}

}  // namespace cameo::generator
