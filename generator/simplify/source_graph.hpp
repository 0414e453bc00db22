// The graph of a file while it is rewritten, with an index of who makes and who reads each name.
#pragma once
#include "simplify/facts.hpp"
#include "support/unique_names.hpp"
#include <list>
#include <unordered_map>

namespace cameo::generator {

class source_graph {
public:
    /// `names` are those of the whole file. `is_body` says that this is a nested graph of control flow.
    source_graph(onnx::GraphProto& proto, const facts& known, int opset, unique_names& names, bool is_body);

    const facts& known;
    const int opset;
    /// The nodes in topological order. A removed node has no operator until finish().
    std::list<onnx::NodeProto> nodes;

    bool is_output(const std::string& name) const { return outputs_.contains(name); }
    /// Tells whether anything reads a name. An empty name means an omitted operand or result, which nothing reads.
    bool is_read(const std::string& name) const
    {
        return !name.empty() && (is_output(name) || readers_.contains(name));
    }
    bool is_initializer(const std::string& name) const { return initializers_.contains(name); }
    const std::set<std::string>& initializer_names() const { return initializers_; }
    /// Tells whether an initializer may make a value: results of bodies must be made by nodes.
    bool may_be_initializer(const std::string& name) const { return !is_body_ || !is_output(name); }
    /// Returns the node that makes a value, or null.
    onnx::NodeProto* producer(const std::string& name) const;
    /// Returns the same if exactly one node reads its first result, and nothing its others.
    onnx::NodeProto* sole_producer(const std::string& name) const;
    /// Returns the data of a constant whose element type cameo has; null otherwise.
    const tensor* constant(const std::string& name) const;

    void remove(onnx::NodeProto& n);
    onnx::NodeProto& insert_before(const onnx::NodeProto& n, onnx::NodeProto added);
    /// Changes a node by `change(n)`, and updates the index.
    template <class Change>
    void edit(onnx::NodeProto& n, Change change)
    {
        forget(n);
        change(n);
        learn(n);
    }
    /// Makes every node that reads `old` read `replacement`.
    void replace(const std::string& old, const std::string& replacement);
    /// Removes a node whose first result is `operand`. Returns false if both names must stay: two outputs, or an output
    /// and a name that no node makes.
    bool bypass(onnx::NodeProto& n, const std::string& operand);
    /// Merges two nodes into the first, which then makes what the second made.
    void take_over(onnx::NodeProto& first, onnx::NodeProto& second);

    /// Adds an initializer of this name; add_constant uses a similar name if it is taken, and returns it.
    void add_initializer(const std::string& name, const tensor& data);
    void add_initializer(onnx::TensorProto proto);
    std::string add_constant(const std::string& like, const tensor& data);
    /// Returns a name that nothing has.
    std::string unique(const std::string& like) { return names_.make(like); }

    /// Writes nodes and initializers back, without those that nothing reads.
    void finish();

private:
    onnx::NodeProto& insert(std::list<onnx::NodeProto>::iterator before, onnx::NodeProto added);
    void forget(const onnx::NodeProto& n);
    void learn(onnx::NodeProto& n);

    onnx::GraphProto& proto_;
    unique_names& names_;
    bool is_body_;
    std::unordered_map<const onnx::NodeProto*, std::list<onnx::NodeProto>::iterator> places_;
    std::set<std::string> outputs_;
    std::set<std::string> initializers_;
    std::unordered_map<std::string, onnx::NodeProto*> producers_;
    std::unordered_map<std::string, std::set<onnx::NodeProto*>> readers_;
    std::map<std::string, tensor> added_;
};

}  // namespace cameo::generator
