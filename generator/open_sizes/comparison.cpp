// Holds the outline of each sample against the first, and finds expressions for attributes and constants.
#include "open_sizes/comparison.hpp"
#include "open_sizes/expression.hpp"
#include "open_sizes/kept_layers.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

/// "64, 3": the elements of a small constant.
std::string text_of(const tensor& t)
{
    std::string text;
    for (const double v : numbers(t)) {
        text += fmt::format("{}{}", text.empty() ? "" : ", ", v);
    }
    return text;
}

}  // namespace

comparison::comparison(graph& first, const size_samples& sizes)
    : first_(first), sizes_(sizes), expected_(first), nodes_(nodes_within(first))
{
    for (std::size_t k = 0; k < expected_.values().size(); ++k) {
        numbers_[expected_.values()[k]] = k;
    }
    attributes_.resize(nodes_.size());
    observe(expected_, sizes.first());
}

void comparison::add(const graph& other, const axis_extents& sizes)
{
    last_ = sizes;
    const outlines found(other);
    const std::size_t count = std::min(nodes_.size(), found.nodes().size());
    for (std::size_t i = 0; i < count; ++i) {
        if (!expected_.nodes()[i].is_like(found.nodes()[i])) {
            refuse(*nodes_[i], "becomes other layers");
        }
    }
    if (nodes_.size() != found.nodes().size()) {
        refuse(*nodes_[count ? count - 1 : 0], "is followed by other layers");
    }
    require_same_constants(found);
    observe(found, sizes);
}

/// Constants are the same, or of a few whole numbers.
void comparison::require_same_constants(const outlines& found) const
{
    for (std::size_t k = 0; k < found.values().size(); ++k) {
        const value &a = *expected_.values()[k], &b = *found.values()[k];
        if (a.data && (a.type != b.type || (a.data->bytes != b.data->bytes && !is_few_whole_numbers(*b.data)))) {
            refuse_constant(a);
        }
    }
}

void comparison::observe(const outlines& of, const axis_extents& sizes)
{
    sample& s = samples_.emplace_back();
    for (const parameter& p : sizes_.parameters()) {
        s.extents.push_back(sizes.at(p.axis));
    }
    constants_.resize(of.values().size());
    for (std::size_t k = 0; k < of.values().size(); ++k) {
        const value& v = *of.values()[k];
        s.shapes.push_back(v.type.shape);
        if (v.data && is_few_whole_numbers(*v.data)) {
            constants_[k].push_back(text_of(*v.data));
        }
    }
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        for (const auto& [key, text] : of.nodes()[i].attributes) {
            attributes_[i][key].push_back(text);
        }
    }
}

void comparison::express()
{
    note_varying_axes(first_);
    for (const node* n : nodes_) {
        std::ranges::for_each(n->op->bodies(), [&](const graph* held) { note_varying_axes(*held); });
    }
    for (const recurrent_state& f : first_.states()) {
        express_extents(first_, *f.current, *nodes_.front(), {sizes_.parameters(), samples_, {}, -1});
    }
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        const outline& o = expected_.nodes()[i];
        const terms of = terms_at(o);
        express_attributes(*nodes_[i], attributes_[i], of);
        express_held(*nodes_[i], of);
        for (std::size_t k = 0; k < o.operands.size(); ++k) {
            if (o.operands[k] < -1) {
                express_constant(*nodes_[i]->operand(k), constants_[index(-2 - o.operands[k])], of);
            }
        }
    }
}

void comparison::note_varying_axes(const graph& g) const
{
    for (const auto& v : g.values()) {
        const auto number = numbers_.find(v.get());
        for (int axis = 0; number != numbers_.end() && axis < v->type.shape.rank; ++axis) {
            v->varying_axes |= all_equal(extents_of(number->second, axis)) ? 0 : 1U << axis;
        }
    }
}

void comparison::express_attributes(node& n, const std::map<std::string, texts>& attributes, const terms& of) const
{
    for (const auto& [key, found] : attributes) {
        if (found.size() == samples_.size() && all_equal(found)) {
            continue;
        }
        const auto expression = found.size() == samples_.size() ? expression_of(found, of) : std::nullopt;
        if (!expression) {
            refuse(n, fmt::format("its '{}' differs in more than a sum, a product or a quotient of extents", key));
        }
        n.expressions[key] = *expression;
    }
}

/// Writes the extents of an input or state that no node makes; `n` is named if there is no expression.
void comparison::express_extents(graph& g, const value& v, const node& n, const terms& of) const
{
    for (int axis = 0; axis < v.type.shape.rank; ++axis) {
        if (v.varies_along(axis) && !append_number(extents_of(numbers_.at(&v), axis), of, g.open_axes[&v][axis])) {
            refuse(n, fmt::format("axis {} of its '{}' differs in more than a sum, a product or a quotient of extents",
                          axis, printable(v.name)));
        }
    }
}

/// Writes the extents of the inputs and states of the graphs that a node holds.
void comparison::express_held(const node& n, const terms& of) const
{
    for (graph* held : n.op->bodies()) {
        held->parameters = sizes_.parameters();
        for (const value* v : held->inputs) {
            express_extents(*held, *v, n, of);
        }
        for (const recurrent_state& f : held->states()) {
            express_extents(*held, *f.current, n, of);
        }
    }
}

void comparison::express_constant(value& v, const texts& found, const terms& of) const
{
    if (all_equal(found) || v.elements) {
        return;
    }
    v.elements = expression_of(found, of);
    if (!v.elements) {
        refuse_constant(v);
    }
}

std::vector<dim> comparison::extents_of(std::size_t number, int axis) const
{
    std::vector<dim> found;
    for (const sample& s : samples_) {
        found.push_back(s.shapes[number][axis]);
    }
    return found;
}

terms comparison::terms_at(const outline& o)
{
    const auto [seen, is_new] = seen_.try_emplace(o.within);
    if (is_new) {
        seen->second = expected_.values_seen_from(*o.within);
    }
    return {sizes_.parameters(), samples_, std::span(std::as_const(seen->second)).first(o.known),
        o.operands.empty() ? -1 : std::max(o.operands.front(), -1)};
}

void comparison::refuse_constant(const value& v) const
{
    const auto before = [](const reader& a, const reader& b) { return graph::comes_before(*a.node, *b.node); };
    const node& n = v.readers().empty() ? *nodes_.front() : *std::ranges::min_element(v.readers(), before)->node;
    refuse(n, fmt::format("its operand '{}' is a constant that differs", printable(v.name)));
}

void comparison::refuse(const node& n, const std::string& what) const
{
    const origin& from = n.origins.front();
    throw with_remark({{from.name, from.operator_type, from.opset,
                          fmt::format("{} with {} and with {}", what, sizes_text(sizes_.first()), sizes_text(last_))}},
        "The open axes cannot be parameters: fix some with --dim");
}

}  // namespace cameo::generator
