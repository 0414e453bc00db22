// Imports the operators of sequences: lists of tensors whose length is known when the network is generated. They leave
// nothing in it.
#include "import/axes.hpp"
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include <cameo/op/concat.hpp>
#include <cameo/op/slice.hpp>

namespace cameo::generator {

namespace {

using values = std::vector<value*>;

/// A tensor is split into at most this many parts: each is a layer, and more would take long to compile.
constexpr dim most_parts = 1024;

/// Reads a position of at most `last`, which may count from the end of the parts; `otherwise` if the operand is absent.
dim position(const source_node& n, std::size_t operand, const values& parts, dim last, dim otherwise)
{
    const tensor* t = n.constant_number(operand, "position");
    const dim count = static_cast<dim>(parts.size()), given = t ? integers(*t)[0] : otherwise;
    if (given < -count || given > last) {
        throw unsupported("position {} is out of range for a sequence of {} parts", given, count);
    }
    return given < 0 ? given + count : given;
}

/// The position of a part; the last one's if the operand is absent.
dim position_of_part(const source_node& n, std::size_t operand, const values& parts)
{
    return position(n, operand, parts, static_cast<dim>(parts.size()) - 1, -1);
}

void import_construct(source_node& n)
{
    const values& parts = n.operands();
    for (std::size_t k = 0; k < parts.size(); ++k) {
        if (n.type(k).element != n.type(0).element) {
            throw unsupported(
                "a sequence has one element type, found {} and {}", to_string(n.type(0)), to_string(n.type(k)));
        }
    }
    n.set_result(0, n.add_sequence(parts));
}

void import_empty(source_node& n)
{
    n.ignore({"dtype"});  // the first part shows it
    n.set_result(0, n.add_sequence({}));
}

void import_at(source_node& n)
{
    const values& parts = n.sequence(0);
    n.required_operand(1);
    n.set_result(0, parts[static_cast<std::size_t>(position_of_part(n, 1, parts))]);
}

void import_insert(source_node& n)
{
    values parts = n.sequence(0);
    const dim end = static_cast<dim>(parts.size());
    parts.insert(parts.begin() + position(n, 2, parts, end, end), n.required_operand(1));
    n.set_result(0, n.add_sequence(std::move(parts)));
}

void import_erase(source_node& n)
{
    values parts = n.sequence(0);
    parts.erase(parts.begin() + position_of_part(n, 1, parts));
    n.set_result(0, n.add_sequence(std::move(parts)));
}

void import_length(source_node& n) { n.set_result(0, n.add_extents(scalar(static_cast<dim>(n.sequence(0).size())))); }

/// Returns the extents of parts: those of operand 1, or as many of that size as there are and what is left, or 1 each.
std::vector<dim> extents_of_parts(const source_node& n, dim extent)
{
    const tensor* split = n.constant(1, "split");
    if (split && split->type.shape.rank > 0) {
        return integers(*split);
    }
    const dim size = split ? integers(*split)[0] : 1;
    if (size < 1 || extent / size > most_parts) {
        throw unsupported(
            "operand 'split' must be positive and make at most {} parts, found {} of {}", most_parts, size, extent);
    }
    std::vector<dim> all(static_cast<std::size_t>(extent / size), size);
    if (extent % size != 0) {
        all.push_back(extent % size);
    }
    return all;
}

/// Tells whether parts keep the axis. ONNX ignores 'keepdims' where there is operand 1; but torch, which writes parts
/// of 1 for unbind(), means it there, and onnxruntime follows.
bool keeps_axis(const source_node& n)
{
    const tensor* split = n.constant_or_null(1);
    const bool one_each = !split || (split->type.shape.rank == 0 && integers(*split)[0] == 1);
    return n.integer("keepdims", 1) != 0 || !one_each;
}

void import_split_to_sequence(source_node& n)
{
    value* x = n.required_operand(0);
    const int axis = n.axis(n.integer("axis", 0), x->type.shape.rank);
    const bool keeps = keeps_axis(n);
    const std::vector<dim> extents = extents_of_parts(n, x->type.shape[axis]);
    require_parts(extents, x->type.shape[axis]);
    values parts;
    dim start = 0;
    for (const dim size : extents) {
        value* part = sliced(n, x, axis, start, start + size);
        parts.push_back(keeps ? part : n.reshaped(part, without(part->type.shape, axis)));
        start += size;
    }
    n.set_result(0, n.add_sequence(std::move(parts)));
}

/// Concatenates parts that lie in one tensor, whose first axis counts them: the axis moves, and where it does not stay
/// an axis of its own, it joins the one behind it.
value* concatenated_in_stack(source_node& n, value* stack, int axis, bool stacks)
{
    const shape& s = stack->type.shape;
    shape permutation, joined;
    for (int a = 0; a < s.rank; ++a) {
        permutation.append(a < axis ? a + 1 : a == axis ? 0 : a);
        if (a > 0) {
            joined.append(a == axis + 1 ? s[0] * s[a] : s[a]);
        }
    }
    value* moved = transposed(n, stack, permutation);
    return stacks ? moved : n.reshaped(moved, joined);
}

void import_concat_from_sequence(source_node& n)
{
    values parts = n.sequence(0);
    if (parts.empty() || !n.has("axis")) {
        throw unsupported("there must be a part and attribute 'axis', found {} parts", parts.size());
    }
    const int rank = parts[0]->type.shape.rank;
    const bool stacks = n.integer("new_axis", 0) != 0;
    const int axis = n.axis(n.integer("axis", 0), rank + (stacks ? 1 : 0));
    if (value* stack = n.stack(0)) {
        return n.set_result(0, concatenated_in_stack(n, stack, axis, stacks));
    }
    for (value*& part : parts) {
        if (part->type.shape.rank != rank || rank + (stacks ? 1 : 0) > max_rank) {
            throw unsupported("parts must have one rank, at most {}, found {} and {}", max_rank,
                to_string(parts[0]->type), to_string(part->type));
        }
        part = stacks ? n.reshaped(part, with_one(part->type.shape, axis)) : part;
    }
    n.set_result(0, concatenated(n, axis, std::move(parts)));
}

/// Imports SequenceMap: the body once for each part. Further operands give a part each, or the same tensor to all.
void import_map(source_node& n)
{
    const onnx::GraphProto& body = n.graph_proto("body");
    const values first = n.sequence(0);
    std::vector<values> results(n.result_count());
    for (std::size_t i = 0; i < first.size(); ++i) {
        values inputs{first[i]};
        for (std::size_t k = 1; k < n.operand_count(); ++k) {
            const bool of_parts = n.is_sequence(n.tensor_or_sequence(k));
            if (of_parts && n.sequence(k).size() != first.size()) {
                throw unsupported("sequences have {} and {} parts", first.size(), n.sequence(k).size());
            }
            inputs.push_back(of_parts ? n.sequence(k)[i] : n.required_operand(k));
        }
        const values outputs = n.bodies().inlined(body, inputs);
        if (outputs.size() < results.size()) {
            throw unsupported("its body has {} outputs for {} results", outputs.size(), results.size());
        }
        for (std::size_t k = 0; k < results.size(); ++k) {
            results[k].push_back(outputs[k]);
        }
    }
    for (std::size_t k = 0; k < results.size(); ++k) {
        n.set_result(k, n.add_sequence(std::move(results[k])));
    }
}

}  // namespace

void add_sequence(operator_table& table)
{
    const std::string positions = "positions are constant";
    table.add<concat_spec>("ConcatFromSequence", {11}, import_concat_from_sequence);
    table.add("SequenceAt", {11}, import_at, positions);
    table.add("SequenceConstruct", {11}, import_construct);
    table.add("SequenceEmpty", {11}, import_empty);
    table.add("SequenceErase", {11}, import_erase, positions);
    table.add("SequenceInsert", {11}, import_insert, positions);
    table.add("SequenceLength", {11}, import_length);
    table.add("SequenceMap", {17}, import_map);
    table.add<slice_spec>("SplitToSequence", {11, 24}, import_split_to_sequence, "`split` is constant");
}

}  // namespace cameo::generator
