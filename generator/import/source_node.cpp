// Gives an operator's importer checked access to a node's attributes, operands and constants, and builds its results.
#include "import/source_node.hpp"
#include "import/graph_builder.hpp"
#include "model/model.hpp"
#include <algorithm>
#include <cameo/op/elementwise.hpp>
#include <cameo/op/reshape.hpp>

namespace cameo::generator {

source_node::source_node(graph_builder& builder, body_importer& bodies, const onnx::NodeProto& proto, int opset,
    std::vector<value*> operands)
    : builder_(builder), bodies_(bodies), proto_(proto), opset_(opset), operands_(std::move(operands)),
      results_(result_count())
{
}

bool source_node::in_training_mode() const
{
    if (builder_.training == training::refuse) {
        throw unsupported("is in training mode: choose --inference (running statistics, no dropout) or --training "
                          "(statistics of the batch, dropout by its seed)");
    }
    return builder_.training == training::literal;
}

bool source_node::for_any_size() const { return builder_.extents != extents::known; }

bool source_node::is_open_count(std::size_t i) const
{
    return builder_.extents == extents::sample_for_loops && operand(i) && operand(i)->depends_on_shapes;
}

const onnx::AttributeProto* source_node::find(std::string_view name) const
{
    known_attributes_.emplace(name);
    for (const auto& a : proto_.attribute()) {
        if (a.name() == name) {
            return &a;
        }
    }
    return nullptr;
}

const onnx::AttributeProto* source_node::find(std::string_view name, int kind, std::string_view kind_name) const
{
    const onnx::AttributeProto* a = find(name);
    if (a && a->type() != kind && a->type() != onnx::AttributeProto::UNDEFINED) {
        throw unsupported("attribute '{}' must be {}", name, kind_name);
    }
    return a;
}

dim source_node::integer(std::string_view name, dim otherwise) const
{
    const auto* a = find(name, onnx::AttributeProto::INT, "an integer");
    return a ? a->i() : otherwise;
}

double source_node::number(std::string_view name, double otherwise) const
{
    const auto* a = find(name, onnx::AttributeProto::FLOAT, "a float");
    return a ? static_cast<double>(a->f()) : otherwise;
}

std::string source_node::text(std::string_view name, std::string_view otherwise) const
{
    const auto* a = find(name, onnx::AttributeProto::STRING, "a string");
    return a ? a->s() : std::string(otherwise);
}

std::vector<dim> source_node::integers(std::string_view name, std::vector<dim> otherwise) const
{
    const auto* a = find(name, onnx::AttributeProto::INTS, "a list of integers");
    return a ? std::vector<dim>(a->ints().begin(), a->ints().end()) : std::move(otherwise);
}

std::vector<double> source_node::numbers(std::string_view name) const
{
    const auto* a = find(name, onnx::AttributeProto::FLOATS, "a list of floats");
    return a ? std::vector<double>(a->floats().begin(), a->floats().end()) : std::vector<double>();
}

std::vector<std::string> source_node::texts(std::string_view name) const
{
    const auto* a = find(name, onnx::AttributeProto::STRINGS, "a list of strings");
    return a ? std::vector<std::string>(a->strings().begin(), a->strings().end()) : std::vector<std::string>();
}

const onnx::TensorProto* source_node::tensor_proto(std::string_view name) const
{
    const auto* a = find(name, onnx::AttributeProto::TENSOR, "a tensor");
    return a ? &a->t() : nullptr;
}

const onnx::GraphProto& source_node::graph_proto(std::string_view name) const
{
    const auto* a = find(name, onnx::AttributeProto::GRAPH, "a graph");
    if (!a) {
        throw unsupported("attribute '{}' is missing", name);
    }
    return a->g();
}

void source_node::ignore(std::initializer_list<std::string_view> names) const
{
    for (const std::string_view name : names) {
        known_attributes_.emplace(name);
    }
}

void source_node::refuse_what_is_not_known() const
{
    // Until opset 5, operators of ONNX could say which operands they overwrite.
    const bool may_overwrite = opset_ < 6 && is_standard_domain(proto_.domain());
    for (const auto& a : proto_.attribute()) {
        if (!known_attributes_.contains(a.name()) && !(may_overwrite && a.name() == "consumed_inputs")) {
            throw unsupported("attribute '{}' is not known: the result could depend on it", a.name());
        }
    }
    if (known_operands_ < operands_.size()) {
        throw unsupported("{} operands, at most {} are known", operands_.size(), known_operands_);
    }
}

const std::vector<value*>& source_node::operands() const
{
    for (std::size_t i = 0; i < operands_.size(); ++i) {
        operand(i);
    }
    return operands_;
}

std::vector<value*> source_node::all_operands() const
{
    std::vector<value*> all;
    for (value* v : operands_) {
        const std::vector<value*>* parts = builder_.parts_of(v);
        if (parts) {
            all.insert(all.end(), parts->begin(), parts->end());
        } else {
            all.push_back(v);
        }
    }
    return all;
}

value* source_node::tensor_or_sequence(std::size_t i) const
{
    known_operands_ = std::max(known_operands_, i + 1);
    return i < operands_.size() ? operands_[i] : nullptr;
}

value* source_node::required_tensor_or_sequence(std::size_t i) const
{
    value* v = tensor_or_sequence(i);
    if (!v) {
        throw unsupported("operand {} is missing", i);
    }
    return v;
}

bool source_node::is_sequence(const value* v) const { return builder_.parts_of(v) != nullptr; }

const std::vector<value*>& source_node::sequence(std::size_t i) const
{
    const std::vector<value*>* parts = builder_.parts_of(tensor_or_sequence(i));
    if (!parts) {
        throw unsupported("operand {} must be a sequence", i);
    }
    return *parts;
}

value* source_node::stack(std::size_t i) const { return builder_.stack_of(tensor_or_sequence(i)); }

value* source_node::operand(std::size_t i) const
{
    value* v = tensor_or_sequence(i);
    if (is_sequence(v)) {
        throw unsupported("operand {} is a sequence, where a tensor is expected", i);
    }
    return v;
}

value* source_node::required_operand(std::size_t i) const
{
    required_tensor_or_sequence(i);
    return operand(i);
}

namespace {

/// Lists the graph's inputs from which a value is computed, for a message.
std::string inputs_behind(const value* from)
{
    std::string names;
    std::set<const value*> seen{from};
    for (std::vector<const value*> left{from}; !left.empty();) {
        const value* v = left.back();
        left.pop_back();
        if (v->is_input) {
            names += fmt::format("{}'{}'", names.empty() ? "" : ", ", v->name);
        }
        if (!v->producer()) {
            continue;
        }
        for (const value* operand : v->producer()->operands()) {
            if (operand && seen.insert(operand).second) {
                left.push_back(operand);
            }
        }
    }
    return names;
}

}  // namespace

std::string source_node::data_dependencies(std::size_t i) const
{
    return "the graph's input " + inputs_behind(required_operand(i));
}

const tensor* source_node::constant_data(value* v) const { return builder_.constant(v); }

const tensor* source_node::constant(std::size_t i, std::string_view name) const
{
    value* v = operand(i);
    if (!v) {
        return nullptr;
    }
    const tensor* t = builder_.constant(v);
    if (!t && v->producer() && v->producer()->too_costly) {
        throw unsupported("operand '{}' decides shapes or the code and follows from constants, but to compute it takes "
                          "more than the limits allow: raise them with --budget",
            name);
    }
    if (!t) {
        throw unsupported(
            "operand '{}' depends on the data, but it decides shapes or the code: it must be constant. {} {}", name,
            builder_.is_nested() ? "It comes from what the branch or body is given,"
                                 : "Bind what it comes from with --constant: the graph's input",
            inputs_behind(v));
    }
    return t;
}

const tensor* source_node::constant_number(std::size_t i, std::string_view name) const
{
    const tensor* t = constant(i, name);
    if (t && t->type.shape.count() != 1) {
        throw unsupported("operand '{}' must be one number, found {}", name, t->type.shape.count());
    }
    return t;
}

std::vector<dim> source_node::constant_integers(std::size_t i, std::string_view name, std::vector<dim> otherwise) const
{
    const tensor* t = constant(i, name);
    return t ? generator::integers(*t) : std::move(otherwise);
}

std::vector<dim> source_node::integers_or_operand(
    std::string_view name, std::size_t i, int since, std::vector<dim> otherwise) const
{
    return opset_ >= since ? constant_integers(i, name, std::move(otherwise)) : integers(name, std::move(otherwise));
}

std::vector<value*> source_node::add_operation(
    std::unique_ptr<operation> op, std::vector<value*> operands, const std::vector<bool>& want)
{
    return builder_.add(std::move(op), std::move(operands), want, builder_.current);
}

std::vector<bool> source_node::wanted() const
{
    std::vector<bool> want{true};  // what evaluate() may write without asking whether it is there
    for (std::size_t k = 1; k < result_count(); ++k) {
        want.push_back(has_output(k));
    }
    return want;
}

value* source_node::compute(const elementwise_expression& p, std::vector<value*> operands)
{
    return add<elementwise_spec>({p}, std::move(operands))[0];
}

value* source_node::reshaped(value* v, const shape& to)
{
    return v->type.shape == to ? v : add<reshape_spec>({to}, {v})[0];
}

value* source_node::add_extents(tensor data)
{
    value* v = add_constant(std::move(data));
    v->depends_on_shapes = for_any_size();
    return v;
}

tensor source_node::make_constant(const tensor_type& type) const
{
    if (!countable(type.shape)) {
        throw unsupported("makes {}, which is larger than any tensor may be", to_string(type));
    }
    builder_.left().spend(type.shape.count(), static_cast<dim>(bytes(type)));
    return tensor(type);
}

value* source_node::add_sequence(std::vector<value*> parts, value* stack)
{
    return builder_.add_sequence(std::move(parts), stack);
}

value* source_node::add_constant(tensor data) { return builder_.add_constant(builder_.current.name, std::move(data)); }

element source_node::element_for(int code) const { return builder_.element_for(code); }

tensor source_node::decode(const onnx::TensorProto& proto) const { return builder_.decode(proto); }

value* source_node::count_of_runs() { return builder_.count_of_runs(); }

void source_node::name_classes(std::vector<std::string> labels) { builder_.name_classes(std::move(labels)); }

dim source_node::next_random_stream() { return builder_.next_random_stream(); }

const std::string& source_node::result_name(std::size_t k) const
{
    static const std::string none;
    return k < result_count() ? proto_.output(static_cast<int>(k)) : none;
}

dim source_node::capacity(std::size_t k, dim most) const
{
    const std::string& name = result_name(k);
    if (!name.empty()) {
        builder_.bounds.known.push_back(name);
    }
    const auto given = builder_.bounds.given.find(name);
    if (given == builder_.bounds.given.end()) {
        if (most < 0) {
            throw unsupported(
                "the data decide how much of output '{0}' there is: make room for N of it with --bound {0}=N", name);
        }
        return most;
    }
    builder_.bounds.used.insert(name);
    return most < 0 ? given->second : std::min(given->second, most);
}

void source_node::set_result(std::size_t k, value* v)
{
    if (k < results_.size()) {
        results_[k] = v;
    }
}

void source_node::set_results(const std::vector<value*>& all)
{
    for (std::size_t k = 0; k < all.size(); ++k) {
        set_result(k, all[k]);
    }
}

int source_node::axis(dim a, int rank, bool past_the_end) const
{
    const dim end = rank + (past_the_end ? 1 : 0);
    if (a < -rank || a >= end) {
        throw unsupported("axis {} is out of range for rank {}", a, rank);
    }
    return static_cast<int>(a < 0 ? a + rank : a);
}

shape to_shape(const std::vector<dim>& extents)
{
    if (extents.size() > static_cast<std::size_t>(max_rank)) {
        throw unsupported("{} axes, at most {} are supported", extents.size(), max_rank);
    }
    shape s;
    for (const dim e : extents) {
        s.append(e);
    }
    return s;
}

}  // namespace cameo::generator
