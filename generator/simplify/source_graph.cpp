// Tracks producers and readers of names while rewrites remove, insert and edit the nodes of an ONNX graph.
#include "simplify/source_graph.hpp"
#include "model/bodies.hpp"
#include "simplify/encode.hpp"
#include <algorithm>

namespace cameo::generator {

source_graph::source_graph(onnx::GraphProto& proto, const facts& given, int version, unique_names& names, bool is_body)
    : known(given), opset(version), proto_(proto), names_(names), is_body_(is_body)
{
    for (const auto& v : proto.output()) {
        outputs_.insert(v.name());
    }
    for (const auto& t : proto.initializer()) {
        initializers_.insert(t.name());
    }
    for (auto& n : *proto.mutable_node()) {
        insert(nodes.end(), std::move(n));
    }
    proto.clear_node();
    for (auto& n : nodes) {
        learn(n);
    }
}

void source_graph::forget(const onnx::NodeProto& n)
{
    for (const auto& name : n.output()) {
        producers_.erase(name);
    }
    for (const auto& name : reads(n)) {
        auto& all = readers_[name];
        all.erase(const_cast<onnx::NodeProto*>(&n));
        if (all.empty()) {
            readers_.erase(name);
        }
    }
}

void source_graph::learn(onnx::NodeProto& n)
{
    for (const auto& name : n.output()) {
        if (!name.empty()) {
            producers_[name] = &n;
        }
    }
    for (const auto& name : reads(n)) {
        readers_[name].insert(&n);
    }
}

onnx::NodeProto* source_graph::producer(const std::string& name) const
{
    const auto found = producers_.find(name);
    return found == producers_.end() ? nullptr : found->second;
}

onnx::NodeProto* source_graph::sole_producer(const std::string& name) const
{
    onnx::NodeProto* n = producer(name);
    if (!n || n->output(0) != name || is_output(name) || readers_.at(name).size() != 1) {
        return nullptr;
    }
    return std::none_of(
               n->output().begin() + 1, n->output().end(), [&](const std::string& other) { return is_read(other); })
               ? n
               : nullptr;
}

const tensor* source_graph::constant(const std::string& name) const
{
    if (name.empty()) {
        return nullptr;
    }
    const auto found = added_.find(name);
    return found != added_.end() ? &found->second : known.constant(name);
}

void source_graph::remove(onnx::NodeProto& n)
{
    forget(n);
    n.Clear();
}

onnx::NodeProto& source_graph::insert_before(const onnx::NodeProto& n, onnx::NodeProto added)
{
    onnx::NodeProto& inserted = insert(places_.at(&n), std::move(added));
    learn(inserted);
    return inserted;
}

onnx::NodeProto& source_graph::insert(std::list<onnx::NodeProto>::iterator before, onnx::NodeProto added)
{
    const auto place = nodes.insert(before, std::move(added));
    places_[&*place] = place;
    return *place;
}

void source_graph::replace(const std::string& old, const std::string& replacement)
{
    const auto found = readers_.find(old);
    if (found == readers_.end() || old == replacement) {
        return;
    }
    for (onnx::NodeProto* reader : std::set(found->second)) {
        edit(*reader, [&](onnx::NodeProto& n) { rename_reads(n, {{old, replacement}}); });
    }
}

bool source_graph::bypass(onnx::NodeProto& n, const std::string& operand)
{
    const std::string result = n.output(0);
    onnx::NodeProto* maker = producer(operand);
    if (is_output(result) && (!maker || is_output(operand))) {
        return false;
    }
    remove(n);
    if (!is_output(result)) {
        replace(result, operand);
        return true;
    }
    replace(operand, result);
    edit(*maker, [&](onnx::NodeProto& m) {
        std::replace(m.mutable_output()->begin(), m.mutable_output()->end(), operand, result);
    });
    return true;
}

void source_graph::take_over(onnx::NodeProto& first, onnx::NodeProto& second)
{
    const std::string result = second.output(0);
    remove(second);
    edit(first, [&](onnx::NodeProto& n) { n.set_output(0, result); });
}

void source_graph::add_initializer(onnx::TensorProto proto)
{
    initializers_.insert(proto.name());
    *proto_.add_initializer() = std::move(proto);
}

void source_graph::add_initializer(const std::string& name, const tensor& data)
{
    add_initializer(encoded(name, data));
    added_.insert_or_assign(name, data);
}

std::string source_graph::add_constant(const std::string& like, const tensor& data)
{
    const std::string name = unique(like);
    add_initializer(name, data);
    return name;
}

void source_graph::finish()
{
    for (auto& n : nodes) {
        if (!n.op_type().empty()) {
            *proto_.add_node() = std::move(n);
        }
    }
    auto& all = *proto_.mutable_initializer();
    const auto rest = std::stable_partition(
        all.pointer_begin(), all.pointer_end(), [&](const onnx::TensorProto* t) { return is_read(t->name()); });
    all.DeleteSubrange(static_cast<int>(rest - all.pointer_begin()), static_cast<int>(all.pointer_end() - rest));
    nodes.clear();
    const std::set<std::string> left = definitions(proto_);
    auto& types = *proto_.mutable_value_info();
    types.erase(std::remove_if(types.begin(), types.end(), [&](const auto& v) { return !left.contains(v.name()); }),
        types.end());
}

}  // namespace cameo::generator
