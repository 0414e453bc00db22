#include "import/import.hpp"
#include "import/graph_builder.hpp"
#include "import/operator_table.hpp"
#include "import/order.hpp"
#include <cameo/core/type_name.hpp>
#include <set>

namespace cameo::generator {

namespace {

std::string name_of(const std::string& input, int axis, const onnx::TensorShapeProto::Dimension& d)
{
    return d.dim_param().empty() ? fmt::format("{}_{}", input, axis) : d.dim_param();
}

/// The work of import(): names of the file to values of the graph. A value that could not be made is null, and what depends on it is skipped in silence.
class importer {
public:
    importer(const model& m, const bindings& b) : model_(m), bindings_(b), builder_(result_.graph, m.path.parent_path(), b.training) {}

    import_result run()
    {
        const auto& proto = model_.proto.graph();
        result_.graph.name = proto.name();
        result_.graph.digest = model_.digest;
        result_.graph.files = files_of(model_);
        result_.graph.opset = opset("");
        for (const auto& t : proto.initializer()) add_initializer(t);
        for (const auto& v : proto.input()) attempt({}, [&] { add_input(v); });
        report_unused_bindings();
        if (proto.sparse_initializer_size() > 0) obstruct({}, "the graph has sparse initializers, which are not supported");
        std::set<std::string> known;
        for (const auto& [name, v] : values_) known.insert(name);
        for (const int i : running_order(proto, known, result_.obstacles)) add_node(proto.node(i));
        for (const auto& v : proto.output()) add_output(v.name());
        return std::move(result_);
    }

private:
    int opset(const std::string& domain) const
    {
        for (const auto& o : model_.proto.opset_import())
            if (o.domain() == domain || (domain.empty() && o.domain() == "ai.onnx")) return static_cast<int>(o.version());
        return 0;
    }

    void obstruct(const origin& where, const std::string& reason) { result_.obstacles.push_back({where.name, where.operator_type, where.opset, reason}); }

    template <class Work>
    void attempt(const origin& where, Work work)
    {
        try {
            work();
        }
        catch (const failure& f) {
            obstruct(where, f.what());
        }
    }

    void add_initializer(const onnx::TensorProto& t)
    {
        values_[t.name()] = nullptr;
        attempt({}, [&] { values_[t.name()] = result_.graph.add_constant(t.name(), decode(t, builder_.directory())); });
    }

    void add_input(const onnx::ValueInfoProto& v)
    {
        if (const auto bound = bindings_.constants.find(v.name()); bound != bindings_.constants.end()) {
            values_[v.name()] = nullptr;
            check_bound(v, bound->second.type);
            values_[v.name()] = result_.graph.add_constant(v.name(), bound->second);
            return;
        }
        if (values_.contains(v.name())) return;  // an initializer's default
        values_[v.name()] = nullptr;
        const tensor_type type = input_type(v);
        value* input = result_.graph.add_value(v.name(), type);
        input->is_input = true;
        for (int axis = 0; axis < std::min(type.shape.rank, v.type().tensor_type().shape().dim_size()); ++axis)
            if (is_streamed(v.name(), axis, v.type().tensor_type().shape().dim(axis))) result_.streamed_axes[input] = axis;
        result_.graph.inputs.push_back(input);
        values_[v.name()] = input;
    }

    /// Is what an input is bound to what the file says of it, as far as it says anything?
    static void check_bound(const onnx::ValueInfoProto& v, const tensor_type& found)
    {
        const auto& proto = v.type().tensor_type();
        bool agrees = !proto.elem_type() || to_element(proto.elem_type()) == found.element;
        if (proto.has_shape()) {
            agrees = agrees && proto.shape().dim_size() == found.shape.rank;
            for (int axis = 0; agrees && axis < found.shape.rank; ++axis)
                agrees = !proto.shape().dim(axis).has_dim_value() || proto.shape().dim(axis).dim_value() == found.shape[axis];
        }
        if (!agrees) throw failure("input '{}': is bound to {}, and the model says {}{}", v.name(), to_string(found), words(to_element(proto.elem_type())), extents_of(v));
    }

    tensor_type input_type(const onnx::ValueInfoProto& v) const
    {
        if (!v.type().has_tensor_type()) throw failure("input '{}': is not a tensor, which is not supported", v.name());
        const auto& proto = v.type().tensor_type();
        tensor_type type{to_element(proto.elem_type()), {}};
        if (!type.present()) throw failure("input '{}': {} is not supported", v.name(), element_type_name(proto.elem_type()));
        if (const auto given = bindings_.input_shapes.find(v.name()); given != bindings_.input_shapes.end()) {
            type.shape = to_shape(given->second);
            return type;
        }
        if (!proto.has_shape()) throw failure("input '{}': has no shape: give one with --input-shape {}:1,3,224,224", v.name(), v.name());
        if (proto.shape().dim_size() > max_rank) throw failure("input '{}': rank {}, at most {} is supported", v.name(), proto.shape().dim_size(), max_rank);
        for (const auto& d : proto.shape().dim()) type.shape.append(extent(v.name(), type.shape.rank, d));
        if (!countable(type.shape)) throw failure("input '{}': {} is too large", v.name(), to_string(type));
        return type;
    }

    bool is_streamed(const std::string& input, int axis, const onnx::TensorShapeProto::Dimension& d) const
    {
        return bindings_.streamed.contains(fmt::format("{}:{}", input, axis)) || (!d.dim_param().empty() && bindings_.streamed.contains(d.dim_param()));
    }

    dim extent(const std::string& input, int axis, const onnx::TensorShapeProto::Dimension& d) const
    {
        if (d.has_dim_value()) {
            if (d.dim_value() < 0) throw failure("input '{}': a negative extent", input);
            return d.dim_value();
        }
        if (const auto given = bindings_.dims.find(name_of(input, axis, d)); given != bindings_.dims.end()) return given->second;
        if (is_streamed(input, axis, d)) return bindings_.streamed_length;
        throw failure("input '{0}': has a dynamic axis '{1}': fix it with --input-shape {0}:EXTENT,... or --dim {1}=EXTENT", input, name_of(input, axis, d));
    }

    void report_unused_bindings()
    {
        for (const auto& [name, shape] : bindings_.input_shapes)
            if (!values_.contains(name)) obstruct({}, fmt::format("--input-shape: the model has no input '{}'", name));
        for (const auto& [name, data] : bindings_.constants)
            if (!values_.contains(name)) obstruct({}, fmt::format("--constant, --weights-from: the model has no input '{}'", name));
        if (!bindings_.streamed.empty() && result_.streamed_axes.empty())
            obstruct({}, fmt::format("--stream {}: no input has this axis; an axis without a name is INPUT:NUMBER. Inputs: {}", *bindings_.streamed.begin(), described_inputs()));
    }

    /// "[1,1,time]".
    static std::string extents_of(const onnx::ValueInfoProto& v)
    {
        const auto& dims = v.type().tensor_type().shape().dim();
        std::string text = "[";
        for (int axis = 0; axis < dims.size(); ++axis)
            text += (axis ? "," : "") + (dims[axis].has_dim_value() ? fmt::format("{}", dims[axis].dim_value()) : dims[axis].dim_param().empty() ? "?" : dims[axis].dim_param());
        return text + "]";
    }

    std::string described_inputs() const
    {
        std::string text;
        for (const auto& v : model_.proto.graph().input()) text += (text.empty() ? "" : ", ") + v.name() + extents_of(v);
        return text;
    }

    void add_node(const onnx::NodeProto& proto)
    {
        const std::string type = proto.domain().empty() || proto.domain() == "ai.onnx" ? proto.op_type() : proto.domain() + ":" + proto.op_type();
        const int version = opset(proto.domain() == "ai.onnx" ? "" : proto.domain());
        builder_.current = {proto.name().empty() && proto.output_size() ? proto.output(0) : proto.name(), type, version};
        for (const auto& name : proto.output())
            if (!name.empty()) values_[name] = nullptr;
        if (auto operation = bindings_.custom.make(proto)) return add_source(proto, version, [&](source_node& n) { n.become(std::move(operation)); });
        const operator_entry* entry = operators().find(proto.domain(), proto.op_type());
        if (!entry) return obstruct(builder_.current, "this operator is not supported: a type of your own can take its place, with --custom");
        if (version < entry->versions.front()) return obstruct(builder_.current, fmt::format("is supported from opset {}", entry->versions.front()));
        if (version > newest_opset) return obstruct(builder_.current, fmt::format("opsets up to {} are supported", newest_opset));
        add_source(proto, version, [&](source_node& n) {
            entry->import(n);
            n.refuse_what_is_not_known();
        });
    }

    /// What `become` makes of a node.
    template <class Become>
    void add_source(const onnx::NodeProto& proto, int version, Become become)
    {
        std::vector<value*> operands;
        for (const auto& name : proto.input()) {
            const auto found = values_.find(name);
            operands.push_back(found == values_.end() ? nullptr : found->second);
            if (!name.empty() && !operands.back()) return;  // its maker is an obstacle already
        }
        attempt(builder_.current, [&] {
            source_node source(builder_, proto, version, operands);
            become(source);
            for (int k = 0; k < proto.output_size(); ++k)
                if (!proto.output(k).empty()) name_result(proto.output(k), source.results()[static_cast<std::size_t>(k)], k);
        });
    }

    void name_result(const std::string& name, value* v, int k)
    {
        if (!v) throw unsupported("output {} is not supported", k);
        if (v->producer) v->name = name;
        values_[name] = v;
    }

    void add_output(const std::string& name)
    {
        const auto found = values_.find(name);
        if (found == values_.end()) {
            if (result_.obstacles.empty()) obstruct({}, fmt::format("output '{}': no node makes it", name));
            return;
        }
        result_.graph.outputs.push_back(found->second);
        result_.graph.output_names.push_back(name);
    }

    const model& model_;
    const bindings& bindings_;
    import_result result_;
    graph_builder builder_;
    std::map<std::string, value*> values_;
};

}  // namespace

std::vector<open_axis> open_axes(const model& m, const bindings& b)
{
    std::set<std::string> given;
    for (const auto& t : m.proto.graph().initializer()) given.insert(t.name());
    for (const auto& [name, data] : b.constants) given.insert(name);
    for (const auto& [name, shape] : b.input_shapes) given.insert(name);
    std::vector<open_axis> open;
    for (const auto& v : m.proto.graph().input()) {
        if (given.contains(v.name())) continue;
        for (int axis = 0; axis < v.type().tensor_type().shape().dim_size(); ++axis) {
            const auto& d = v.type().tensor_type().shape().dim(axis);
            const std::string name = name_of(v.name(), axis, d);
            if (!d.has_dim_value() && !b.dims.contains(name)) open.push_back({name, v.name(), axis});
        }
    }
    return open;
}

import_result import(const model& m, const bindings& b) { return importer(m, b).run(); }

}  // namespace cameo::generator
