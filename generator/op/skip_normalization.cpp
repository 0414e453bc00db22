// Imports SkipLayerNormalization and its kin, which onnxruntime's optimizers write for sums that are normalized, and
// EmbedLayerNormalization, whose sums are of embeddings.
#include "import/indices.hpp"
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include "op/microsoft_domain.hpp"
#include <cameo/op/elementwise.hpp>
#include <cameo/op/gather.hpp>
#include <cameo/op/layer_normalization.hpp>
#include <cameo/op/reduce.hpp>

namespace cameo::generator {

namespace {

/// Normalizes over the last axis. `results` are y and, where the node has the outputs, the mean and 1 / deviation.
std::vector<value*> normalized(
    source_node& n, value* x, value* scale, value* bias, bool center, double epsilon, std::size_t results)
{
    const int last = x->type.shape.rank - 1;
    return n.add<layer_normalization_spec>(
        {.axis = last, .epsilon = n.number("epsilon", epsilon), .center = center}, {x, scale, bias}, results);
}

/// Imports SkipLayerNormalization, or, unless `Center`, SkipSimplifiedLayerNormalization, which has no beta.
template <bool Center>
void import_skip(source_node& n)
{
    value* all = sum(n, n.required_operand(0), n.required_operand(1));
    if (all->type != n.type(0)) {
        throw unsupported(
            "operand 1 must broadcast to operand 0, found {} for {}", to_string(n.type(1)), to_string(n.type(0)));
    }
    all = sum(n, all, n.operand(Center ? 4 : 3));
    const std::size_t results = n.has_output(2) ? 3 : n.has_output(1) ? 2 : 1;
    const double otherwise = static_cast<double>(1e-12F);
    std::vector<value*> y =
        normalized(n, all, n.required_operand(2), Center ? n.operand(3) : nullptr, Center, otherwise, results);
    y.resize(3);
    n.set_results({y[0], y[1], y[2], all});
}

/// Looks indices up in a table of embeddings.
value* embedded(source_node& n, value* table, value* indices)
{
    if (table->type.shape.rank != 2) {
        throw unsupported("embeddings must have two axes, found {}", to_string(table->type));
    }
    require_indices_inside(*indices, {table->type.shape[0]});
    return n.add<gather_spec>({0}, {table, indices})[0];
}

/// Counts the ones of each row of the mask; zeros without a mask.
value* lengths(source_node& n, dim batch)
{
    value* mask = n.operand(7);
    if (!mask) {
        return n.add_constant(n.make_constant({element::int32, {batch}}));
    }
    return n.reshaped(cast(n, reduced(n, reduction::sum, mask, {1}), element::int32), {batch});
}

void import_embed(source_node& n)
{
    value *ids = n.required_operand(0), *segments = n.operand(1), *places = n.operand(8);
    if (ids->type.shape.rank != 2) {
        throw unsupported("operand 0 must be batch x positions, found {}", to_string(ids->type));
    }
    const shape& of = ids->type.shape;
    if (n.integer("mask_index_type", 1) != 1 && n.has_output(1)) {
        throw unsupported("attribute 'mask_index_type' must be 1, found {}", n.integer("mask_index_type", 1));
    }
    value* all = embedded(n, n.required_operand(2), ids);
    all = sum(n, all, embedded(n, n.required_operand(3), places ? places : counted(n, 0, {1, of[1]})));
    if (segments) {
        all = sum(n, all, embedded(n, n.required_operand(4), segments));
    }
    const double otherwise = static_cast<double>(1e-12F);
    value* y = normalized(n, all, n.required_operand(5), n.required_operand(6), true, otherwise, 1)[0];
    n.set_results({y, n.has_output(1) ? lengths(n, of[0]) : nullptr, all});
}

}  // namespace

void add_skip_normalization(operator_table& table)
{
    const auto add = [&](const char* name, import_function import) {
        table.add_of_domain<floating_elements, layer_normalization_spec, functions::add>(
            microsoft_domain, name, {1}, std::move(import));
    };
    add("SkipLayerNormalization", import_skip<true>);
    add("SkipSimplifiedLayerNormalization", import_skip<false>);
    table.add_of_domain<type_list<std::int32_t, std::int64_t>, gather_spec, layer_normalization_spec, functions::add>(
        microsoft_domain, "EmbedLayerNormalization", {1}, import_embed, "`mask_index_type` 1");
}

}  // namespace cameo::generator
