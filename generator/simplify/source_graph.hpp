// The graph of a file while it is rewritten, with an index of who makes and who reads each name.
#pragma once
#include "simplify/facts.hpp"
#include "support/unique_names.hpp"
#include <list>
#include <unordered_map>

namespace cameo::generator {

class source_graph {
public:
    /// `names` are those of the whole file. A body is one of control flow.
    source_graph(onnx::GraphProto& proto, const facts& known, int opset, unique_names& names, bool is_body);

    const facts& known;
    const int opset;
    /// In the order in which they run. One that was removed has no operator until finish().
    std::list<onnx::NodeProto> nodes;

    bool is_output(const std::string& name) const { return outputs_.contains(name); }
    /// No name at all is that of an operand or result left out, and read by nobody.
    bool is_read(const std::string& name) const
    {
        return !name.empty() && (is_output(name) || readers_.contains(name));
    }
    bool is_initializer(const std::string& name) const { return initializers_.contains(name); }
    const std::set<std::string>& initializer_names() const { return initializers_; }
    /// Results of bodies are made by nodes.
    bool may_be_initializer(const std::string& name) const { return !is_body_ || !is_output(name); }
    /// Null where no node makes it.
    onnx::NodeProto* producer(const std::string& name) const;
    /// The same, if one node alone reads its first result, and nobody its others.
    onnx::NodeProto* sole_producer(const std::string& name) const;
    /// The data of a constant, if cameo has its element type; null otherwise.
    const tensor* constant(const std::string& name) const;

    void remove(onnx::NodeProto& n);
    onnx::NodeProto& insert_before(const onnx::NodeProto& n, onnx::NodeProto added);
    /// Changes a node by `change(n)`.
    template <class Change>
    void edit(onnx::NodeProto& n, Change change)
    {
        forget(n);
        change(n);
        learn(n);
    }
    /// Every node that reads `old` reads `replacement`.
    void replace(const std::string& old, const std::string& replacement);
    /// Removes a node whose first result is `operand`. False where both names must stay: of outputs, or of an output
    /// and what no node makes.
    bool bypass(onnx::NodeProto& n, const std::string& operand);
    /// Two nodes become the first: it makes what the second made, which is removed.
    void take_over(onnx::NodeProto& first, onnx::NodeProto& second);

    /// An initializer of this name, or of one like it that is not taken.
    void add_initializer(const std::string& name, const tensor& data);
    void add_initializer(onnx::TensorProto proto);
    std::string add_constant(const std::string& like, const tensor& data);
    /// A name that nothing has.
    std::string unique(const std::string& like) { return names_.make(like); }

    /// Writes nodes and initializers back; those that nobody reads are left out.
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
