// Imports Loop: unrolls it if its trip count is constant and small, else adds a layer that runs the body repeatedly.
#include "import/axes.hpp"
#include "import/operator_table.hpp"
#include "op/appended_parts.hpp"
#include "op/composition.hpp"
#include "op/loop_operation.hpp"
#include <algorithm>
#include <cameo/core/type_name.hpp>

namespace cameo::generator {

namespace {

/// A loop is unrolled to at most this many nodes: more would take long to compile.
constexpr dim most_nodes = 256;

/// A loop appends to a sequence at most this often: each part is a layer.
constexpr dim most_appended = 1024;

struct loop_node {
    const onnx::GraphProto& body;
    dim count;     ///< -1: known at run time only
    bool endless;  ///< there is no condition, or it is known to be true at first
    std::vector<value*> carried;
    std::size_t collected;
};

loop_node read(source_node& n)
{
    const auto& body = n.graph_proto("body");
    loop_node l{body, -1, !n.operand(1) || n.constant_or_null(1), {}, 0};
    const auto one = [&](std::size_t k, element e, std::string_view name) {
        if (n.operand(k) && (n.type(k).element != e || n.type(k).shape.count() != 1)) {
            throw unsupported("'{}' must be one {}, found {}", name, words(e), to_string(n.type(k)));
        }
    };
    one(0, element::int64, "M");
    one(1, element::boolean, "cond");
    if (n.operand(0) && n.constant_or_null(0)) {
        l.count = std::max(integers(*n.constant_or_null(0))[0], dim{0});
    }
    if (n.operand(1) && n.constant_or_null(1) && !n.constant_or_null(1)->as<bool>()[0]) {
        l.count = 0;
    }
    for (std::size_t k = 2; k < n.operand_count(); ++k) {
        l.carried.push_back(n.required_tensor_or_sequence(k));
    }
    const std::size_t outputs = static_cast<std::size_t>(body.output_size());
    if (outputs < 1 + l.carried.size()) {
        throw unsupported("its body has {} outputs for a condition and {} carried values", outputs, l.carried.size());
    }
    l.collected = outputs - 1 - l.carried.size();
    return l;
}

/// The limit that includes the nodes of functions, branches and loops in its body.
constexpr dim most_nodes_within = 4 * most_nodes;

/// Unrolls the iterations. Returns false if the condition of one is known only at run time: nothing reads what was
/// added until then.
bool unrolled(source_node& n, const loop_node& l)
{
    std::vector<value*> carried = l.carried;
    std::vector<std::vector<value*>> parts(l.collected);
    bool goes_on = true;
    for (dim i = 0; i < l.count && goes_on; ++i) {
        std::vector<value*> inputs{n.add_constant(scalar(i)), n.add_constant(scalar(true))};
        inputs.insert(inputs.end(), carried.begin(), carried.end());
        const std::vector<value*> outputs = n.bodies().inlined(l.body, inputs);
        const tensor* condition = n.constant_data(outputs[0]);
        if (!condition) {
            return false;
        }
        goes_on = condition->as<bool>()[0];
        std::copy_n(outputs.begin() + 1, carried.size(), carried.begin());
        for (std::size_t k = 0; k < l.collected; ++k) {
            value* part = outputs[1 + carried.size() + k];
            if (n.is_sequence(part)) {
                throw unsupported(
                    "output {} of its body is a sequence, where a tensor is expected", 1 + carried.size() + k);
            }
            parts[k].push_back(n.reshaped(part, collected(part->type, 1).shape));
        }
    }
    for (const std::vector<value*>& part : parts) {
        if (part.empty()) {
            throw unsupported("it has no iteration: what it collects would have no elements");
        }
        carried.push_back(concatenated(n, 0, part));
    }
    n.set_results(carried);
    return true;
}

/// Imports the body as a network of its own. If that cannot be, the message says what to bind, so that it need not be
/// one.
body import_body(source_node& n, const loop_node& l, const operation::types& inputs)
{
    const std::size_t open = l.count < 0 ? 0 : 1;
    const bool is_open = n.operand(open) && !n.constant_or_null(open);
    constexpr auto advice = "Where it is always the same, bind what it comes from with --constant";
    try {
        return n.bodies().nested("body", l.body, inputs);
    } catch (const incomplete&) {
        if (!is_open) {
            throw;
        }
        throw unsupported("its body cannot be as it is needed where the trip count or the condition is known at run "
                          "time only. {}: {}",
            advice, n.data_dependencies(open));
    } catch (const unsupported& reason) {
        if (!is_open) {
            throw;
        }
        throw unsupported("{}. The trip count or the condition is known at run time only. {}: {}", reason.what(),
            advice, n.data_dependencies(open));
    }
}

/// Adds a layer that runs the body as a network of its own. Returns what it carries and collects.
std::vector<value*> run_body(source_node& n, const loop_node& l)
{
    operation::types inputs{i64<>, boolean<>};
    for (const value* v : l.carried) {
        inputs.push_back(v->type);
    }
    body b = import_body(n, l, inputs);
    graph& g = *b.network;
    if (l.endless && g.outputs()[0] == g.inputs[1]) {
        g.set_output(0, g.add_constant(g.output_names()[0], scalar(true)));
    }
    carry(g, 2, 1, l.carried.size());
    const bool always = l.endless && g.outputs()[0]->data && g.outputs()[0]->data->as<bool>()[0];
    loop_attributes attributes{l.count, 0};
    if (l.collected > 0 && (l.count < 0 || !always)) {
        attributes.capacity = n.capacity(l.carried.size(), l.count);
    }
    std::vector<value*> operands{l.count < 0 ? n.operand(0) : nullptr, l.endless ? nullptr : n.operand(1)};
    operands.insert(operands.end(), l.carried.begin(), l.carried.end());
    operands.insert(operands.end(), b.captured.begin(), b.captured.end());
    const std::size_t count = l.carried.size() + l.collected;
    std::vector<value*> results =
        n.add(std::make_unique<loop_operation>(std::move(b.network), attributes), std::move(operands), count + 1);
    for (std::size_t k = l.carried.size(); attributes.counts() && k < count; ++k) {
        results[k]->extent = {0, results[count]};
    }
    results.resize(count);
    return results;
}

/// Returns operand k, a sequence, with the parts of a tensor along its first axis behind its own.
value* appended(source_node& n, std::size_t k, value* collected)
{
    if (collected->extent) {
        throw unsupported("carries a sequence, whose length must be known, but its condition depends on the data");
    }
    std::vector<value*> parts = n.sequence(k);
    const bool is_all = parts.empty();
    for (dim i = 0; i < collected->type.shape[0]; ++i) {
        value* part = sliced(n, collected, 0, i, i + 1);
        parts.push_back(n.reshaped(part, without(part->type.shape, 0)));
    }
    return n.add_sequence(std::move(parts), is_all ? collected : nullptr);
}

/// Runs a body that appends to sequences as one that collects what it appends.
std::vector<value*> run_appending_body(source_node& n, const loop_node& l)
{
    std::vector<std::size_t> sequences;
    std::vector<value*> tensors, results;
    for (std::size_t k = 0; k < l.carried.size(); ++k) {
        if (n.is_sequence(l.carried[k])) {
            sequences.push_back(k);
        } else {
            tensors.push_back(l.carried[k]);
        }
    }
    const auto body = l.count > most_appended ? std::nullopt : with_appended_parts(l.body, sequences);
    if (l.count < 0 || !body) {
        throw unsupported("carries a sequence, whose length must be known: the iterations must follow from constants "
                          "and shapes, and append to it at most {} times, or be {} nodes at most",
            most_appended, most_nodes);
    }
    const std::vector<value*> found = run_body(n, {*body, l.count, l.endless, tensors, l.collected + sequences.size()});
    auto tensor = found.begin(), parts = tensor + static_cast<std::ptrdiff_t>(tensors.size() + l.collected);
    for (std::size_t k = 0; k < l.carried.size(); ++k) {
        results.push_back(n.is_sequence(l.carried[k]) ? appended(n, k + 2, *parts++) : *tensor++);
    }
    results.insert(results.end(), tensor, tensor + static_cast<std::ptrdiff_t>(l.collected));
    return results;
}

void import_loop(source_node& n)
{
    const loop_node l = read(n);
    const bool short_enough = l.count >= 0 && !n.is_open_count(0) && l.endless &&
                              saturating_product(l.count, std::max(l.body.node_size(), 1)) <= most_nodes;
    const auto attempt = [&] { return unrolled(n, l); };
    if (!short_enough || !n.bodies().within(most_nodes_within, attempt)) {
        const bool appends = std::ranges::any_of(l.carried, [&](const value* v) { return n.is_sequence(v); });
        n.set_results(appends ? run_appending_body(n, l) : run_body(n, l));
    }
}

}  // namespace

void add_loop(operator_table& table)
{
    table.add("Loop", {1, 11, 13, 16, 19, 21, 23, 24, 25}, import_loop,
        "carried values keep their types and shapes; what it collects is padded to the most iterations, or to --bound");
}

}  // namespace cameo::generator
