// Appends nodes to a graph with inferred result types, and folds constants on demand within a budget.
#include "import/graph_builder.hpp"
#include "graph/evaluate_node.hpp"
#include "graph/text.hpp"
#include "import/run_time_extents.hpp"
#include "import/source_node.hpp"
#include "model/model.hpp"
#include <algorithm>
#include <cameo/op/cast.hpp>
#include <cameo/op/elementwise.hpp>

namespace cameo::generator {

namespace {

/// Returns the one element type of all operands that are floats; none if there is none, or more than one.
element one_float(const operation::types& types)
{
    element one = element::none;
    for (const tensor_type& t : types) {
        if (is_floating(t.element)) {
            if (one != element::none && one != t.element) {
                return element::none;
            }
            one = t.element;
        }
    }
    return one;
}

/// Tells whether an operator that does not take these types takes them with floats of 16 bits as float32.
bool takes_in_float32(const operation& op, operation::types types)
{
    const element narrow = one_float(types);
    for (tensor_type& t : types) {
        t.element = computed_in(t.element);
    }
    return computed_in(narrow) != narrow && !op.problem(types);
}

operation::types types_of(const std::vector<value*>& operands)
{
    operation::types types;
    for (const value* v : operands) {
        types.push_back(v ? v->type : absent);
    }
    return types;
}

}  // namespace

value* graph_builder::cast(value* v, element to, const origin& from)
{
    return add(std::make_unique<operation_of<cast_spec>>(cast_attributes{to}), {v}, {true}, from)[0];
}

std::vector<value*> graph_builder::add_in_float32(
    std::unique_ptr<operation> op, std::vector<value*> operands, const std::vector<bool>& want, const origin& from)
{
    const element narrow = one_float(types_of(operands));
    for (value*& v : operands) {
        if (v && v->type.element == narrow) {
            v = cast(v, computed_in(narrow), from);
        }
    }
    const operation& added = *op;
    std::vector<value*> results = add(std::move(op), std::move(operands), want, from);
    for (std::size_t k = 0; k < results.size(); ++k) {
        if (results[k] && !added.is_scratch(k) && results[k]->type.element == computed_in(narrow)) {
            results[k] = cast(results[k], narrow, from);
        }
    }
    return results;
}

std::vector<value*> graph_builder::add(
    std::unique_ptr<operation> op, std::vector<value*> operands, const std::vector<bool>& want, const origin& from)
{
    while (!operands.empty() && !operands.back()) {
        operands.pop_back();
    }
    const operation::types types = types_of(operands);
    const auto problem = op->problem(types);
    if (problem && takes_in_float32(*op, types)) {
        return add_in_float32(std::move(op), std::move(operands), want, from);
    }
    auto n = std::make_unique<node>(std::move(op), std::vector{from}, std::move(operands));
    if (problem) {
        std::string found;
        for (const tensor_type& t : types) {
            found += (found.empty() ? "" : ", ") + (t.present() ? to_string(t) : "-");
        }
        n->op->each_attribute([&](std::string_view name, const std::string& text) {
            found += fmt::format(", {} {}", name, for_people(text));
        });
        throw unsupported("{} (found {})", *problem, found);
    }
    const operation::types derived = n->op->results(types);
    for (std::size_t i = 0; i < derived.size(); ++i) {
        const bool scratch = n->op->is_scratch(i), wanted = i < want.size() && want[i];
        if (!countable(derived[i].shape)) {
            throw unsupported("the result {} is larger than any tensor may be", to_string(derived[i]));
        }
        n->set_result(
            i, scratch || wanted ? graph_.add_value(from.name + (scratch ? "/scratch" : ""), derived[i]) : nullptr);
    }
    const auto known = [](const value* v) { return !v || v->data || v->follows; };
    const auto costly = [](const value* v) { return v && v->producer() && v->producer()->too_costly; };
    const bool constant =
        std::all_of(n->operands().begin(), n->operands().end(), [&](const value* v) { return known(v) || costly(v); });
    n->too_costly = constant && std::any_of(n->operands().begin(), n->operands().end(), costly);
    const bool of_shapes = std::ranges::any_of(n->operands(), [](const value* v) { return v && v->depends_on_shapes; });
    for (value* v : n->results()) {
        if (v) {
            v->follows = constant && !n->too_costly;
            v->depends_on_shapes = of_shapes;
        }
    }
    const node& added = graph_.append(std::move(n));
    spread_extent(added);
    return added.results();
}

namespace {

/// Tells whether a node makes a huge value from small ones (Expand, Tile). Then the network computes it: the header
/// would be as huge.
bool inflates(const node& n)
{
    constexpr std::size_t huge = std::size_t{1} << 26;
    std::size_t before = 0, after = 0;
    for (const value* v : n.operands()) {
        before += v ? bytes(v->type) : 0;
    }
    for (const value* v : n.results()) {
        after += v ? bytes(v->type) : 0;
    }
    return after > huge && after > 2 * before;
}

/// Evaluates a node, for which it may spend half of the budget that is left.
std::vector<tensor> evaluate_with_half(const node& n, const std::vector<const tensor*>& operands, budget& left)
{
    std::vector<tensor> results;
    {
        const budget::halving half(left);
        const budget::room of_bodies(left);
        results = evaluate(n, operands, left);
    }
    dim bytes = 0;
    for (const tensor& t : results) {
        bytes += std::ssize(t.bytes);
    }
    left.spend(0, bytes);
    return results;
}

}  // namespace

bool fold(node& n, budget& left)
{
    if (std::ranges::all_of(n.results(), [](const value* v) { return !v || v->data; })) {
        return true;
    }
    std::vector<const tensor*> operands;
    for (const value* v : n.operands()) {
        if (v && !v->data) {
            return false;
        }
        operands.push_back(v ? &*v->data : nullptr);
    }
    n.too_costly = n.too_costly || inflates(n);
    if (n.too_costly || n.depends_on_sizes) {
        return false;
    }
    try {
        std::vector<tensor> results = evaluate_with_half(n, operands, left);
        for (std::size_t i = 0; i < n.results().size(); ++i) {
            if (n.results()[i]) {
                n.results()[i]->data = std::move(results[i]);
            }
        }
        return true;
    } catch (const over_budget&) {
        n.too_costly = true;
        return false;
    }
}

value* graph_builder::count_of_runs()
{
    if (is_nested()) {
        throw unsupported("draws random numbers in a branch or body that runs at run time: they would be the same in "
                          "each iteration. Draw them outside, or make the condition or trip count constant");
    }
    if (!count_of_runs_) {
        count_of_runs_ = graph_.add_state("runs", i64<1>, nullptr);
        const elementwise_attributes next{cameo::add(operand<0>, 1.0)};
        const std::size_t k = graph_.states().size() - 1;
        graph_.set_next(
            k, add(std::make_unique<operation_of<elementwise_spec>>(next), {count_of_runs_}, {true}, current)[0]);
    }
    return count_of_runs_;
}

void graph_builder::name_classes(std::vector<std::string> labels)
{
    if (!graph_.labels.empty() && graph_.labels != labels) {
        throw unsupported("its labels are other texts than those of a node before: a network has one list of labels");
    }
    graph_.labels = std::move(labels);
}

value* graph_builder::add_sequence(std::vector<value*> parts, value* stack)
{
    value* v = add_constant(current.name, tensor({element::boolean, {0}}));
    sequences_.emplace(v, sequence{std::move(parts), stack});
    return v;
}

const std::vector<value*>* graph_builder::parts_of(const value* v) const
{
    const auto found = sequences_.find(v);
    return found == sequences_.end() ? nullptr : &found->second.parts;
}

value* graph_builder::stack_of(const value* v) const
{
    const auto found = sequences_.find(v);
    return found == sequences_.end() ? nullptr : found->second.stack;
}

tensor graph_builder::decode(const onnx::TensorProto& proto)
{
    tensor t = generator::decode(proto, directory_);
    tensor in_network({element_for(proto.data_type()), t.type.shape});
    left().spend(t.type.shape.count(), std::ssize(in_network.bytes));
    if (in_network.type == t.type) {
        return t;
    }
    with_elements(std::as_const(t), [&]<class T>(std::span<const T> from) {
        std::transform(from.begin(), from.end(), in_network.as<float>().begin(), cameo::detail::convert<float, T>);
    });
    return in_network;
}

const tensor* graph_builder::constant(value* v)
{
    if (v->data) {
        return &*v->data;
    }
    if (!v->follows) {
        return nullptr;
    }
    // Without recursion: a file may hold a chain of any length.
    for (std::vector<value*> path{v}; !path.empty();) {
        const node& maker = *path.back()->producer();
        const auto missing = std::find_if(maker.operands().begin(), maker.operands().end(),
            [](const value* operand) { return operand && !operand->data; });
        if (missing != maker.operands().end()) {
            path.push_back(*missing);
        } else if (fold(*path.back()->producer(), *graph_.left)) {
            path.pop_back();
        } else {
            return give_up(path);
        }
    }
    return &*v->data;
}

const tensor* graph_builder::give_up(const std::vector<value*>& path)
{
    for (const value* v : path) {
        v->producer()->too_costly = true;
    }
    for (value* v : path) {
        v->follows = false;
    }
    return nullptr;
}

}  // namespace cameo::generator
