// Finds out what passes did to nodes and weights of the file, for the comments of the header.
#include "emit/remarks.hpp"
#include "emit/escape.hpp"
#include "graph/text.hpp"
#include <algorithm>
#include <cameo/op/winograd.hpp>

namespace cameo::generator {

namespace {

/// How a layer computes what its nodes say, where that is another algorithm; empty otherwise.
std::string algorithm_of(const node& n)
{
    const winograd_attributes* tiles = n.attributes_of<winograd_spec>();
    return tiles ? fmt::format("Winograd F({0}x{0}, {1}x{1})", tiles->tile, tiles->taps) : "";
}

/// Is b the transposed matrix a?
bool is_transposed(const tensor& a, const tensor& b)
{
    const shape &from = a.type.shape, &to = b.type.shape;
    if (from.rank != 2 || to.rank != 2 || from[0] != to[1] || from[1] != to[0] || from.count() == 0 ||
        a.type.element != b.type.element || a.type != a.type.plain() || b.type != b.type.plain()) {
        return false;
    }
    const std::size_t rows = index(from[0]), columns = index(from[1]), size = a.bytes.size() / (rows * columns);
    for (std::size_t k = 0; k < rows * columns; ++k) {
        const std::size_t r = k / columns, c = k % columns;
        if (!std::equal(
                a.bytes.data() + k * size, a.bytes.data() + (k + 1) * size, b.bytes.data() + (c * rows + r) * size)) {
            return false;
        }
    }
    return true;
}

/// The constants of a name, in the order in which import and passes made them: the first is the file's.
using versions = std::vector<const value*>;

/// Is there a pair of versions, one made after the other, for which `holds`?
bool any_step(const versions& all, auto holds)
{
    for (std::size_t later = 1; later < all.size(); ++later) {
        for (std::size_t earlier = 0; earlier < later; ++earlier) {
            if (holds(*all[earlier]->data, *all[later]->data)) {
                return true;
            }
        }
    }
    return false;
}

/// Are the numbers of b others than those of a, in the same places?
bool is_scaled(const tensor& a, const tensor& b)
{
    return a.type == b.type && a.type == a.type.plain() && a.bytes != b.bytes && !is_transposed(a, b);
}

/// What was done to the file's constant until `reader` could read it as `last`. Nothing of a name that many have.
std::string changes(const versions& all, const value& last, const node& reader)
{
    constexpr std::size_t most = 8;
    if (all.empty() || all.size() > most) {
        return "";
    }
    std::string text;
    const auto add = [&](const std::string& change) { text += (text.empty() ? "" : ", ") + change; };
    if (any_step(all, is_scaled)) {
        add("scaled by fused nodes");
    }
    const bool transposed = any_step(all, is_transposed);
    if (transposed) {
        add("transposed");
    }
    const tensor_type first = all.front()->type.plain();
    if (const std::string algorithm = algorithm_of(reader); last.type.shape != first.shape && !algorithm.empty()) {
        add("transformed for " + algorithm);
    } else if (last.type.shape != first.shape && !transposed) {
        add("in another form");
    }
    if (last.type.element != first.element) {
        add(fmt::format("as {}", to_string(last.type.element)));
    }
    return text;
}

/// Is an identifier the whole name, with underscores for what cannot be in one?
bool reads_alike(std::string_view name, std::string_view identifier)
{
    return identifiers(std::set<std::string>()).unique(name, "constant") == identifier;
}

class weight_remarks {
public:
    explicit weight_remarks(const value_names& names) : names_(names) {}

    void add(const graph& g)
    {
        std::map<std::string, versions> of_name;
        for (const auto& v : g.values()) {
            if (v->data) {
                of_name[v->name].push_back(v.get());
            }
        }
        for (const auto& n : g.nodes()) {
            for (const value* v : n->operands()) {
                if (v && v->data) {
                    remarks.try_emplace(v, remark(of_name[v->name], *v, *n));
                }
            }
            for (const graph* body : n->op->bodies()) {
                add(*body);
            }
        }
    }

    std::map<const value*, std::string> remarks;

private:
    std::string remark(const versions& all, const value& v, const node& reader) const
    {
        const std::string change = changes(all, v, reader);
        if (change.empty()) {
            return v.name.empty() || reads_alike(v.name, names_.at(&v)) ? "" : comment(v.name);
        }
        return fmt::format("{}, {}: {}", comment(v.name), to_string(all.front()->type.plain()), change);
    }

    const value_names& names_;
};

}  // namespace

std::string remark_on_layer(const node& n)
{
    if (is_added(n)) {
        return fmt::format("{} of '{}'", n.op->name(), comment(n.origins.front().name));
    }
    std::string text;
    for (const origin& o : n.origins) {
        text += fmt::format("{}{}{}", text.empty() ? "" : " + ", comment(o.operator_type),
            o.name.empty() ? "" : fmt::format(" '{}'", comment(o.name)));
    }
    const std::string algorithm = algorithm_of(n);
    return algorithm.empty() ? text : fmt::format("{}, by {}", text, algorithm);
}

std::map<const value*, std::string> remarks_on_weights(const graph& g, const value_names& names)
{
    weight_remarks all(names);
    all.add(g);
    return std::move(all.remarks);
}

}  // namespace cameo::generator
