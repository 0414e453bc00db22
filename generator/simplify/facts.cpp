// Imports a model at sample sizes of its open axes, and derives which types and constants hold at every size.
#include "simplify/facts.hpp"
#include "op/list.hpp"
#include "passes/passes.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

bindings at(const bindings& given, const axis_extents& sizes)
{
    bindings fixed = given;
    fixed.dims.insert(sizes.begin(), sizes.end());
    return fixed;
}

axis_extents all_of(const std::vector<open_axis>& axes, dim count, dim length)
{
    axis_extents sizes;
    for (const open_axis& a : axes) {
        sizes.try_emplace(a.name, a.axis == 0 ? count : length);
    }
    return sizes;
}

/// Chooses sizes to try. Counts (first axes, mostly of batches) are small; a layer may need a length, or limit it. 1 is
/// special, since it broadcasts. A large extent exceeds any limit.
std::vector<axis_extents> candidates(const std::vector<open_axis>& axes, dim length)
{
    const axis_extents first = all_of(axes, sample_count, length);
    std::vector<axis_extents> all{first, all_of(axes, sample_count + 1, 2 * length), all_of(axes, 1, 1)};
    for (const auto& [name, extent] : first) {
        for (const dim other : {dim{1}, extent * 3 / 2, extent * 16}) {
            all.push_back(first);
            all.back()[name] = other;
        }
    }
    std::vector<axis_extents> distinct;
    for (const axis_extents& sizes : all) {
        if (std::find(distinct.begin(), distinct.end(), sizes) == distinct.end()) {
            distinct.push_back(sizes);
        }
    }
    return distinct;
}

}  // namespace

std::vector<axis_extents> sample_sizes(const model& m, const bindings& given)
{
    const std::vector<open_axis> axes = open_axes(m, given);
    if (axes.empty()) {
        return {{}};
    }
    std::vector<axis_extents> best;
    std::size_t fewest = std::numeric_limits<std::size_t>::max();
    for (const dim length : sample_lengths) {
        std::vector<axis_extents> good;
        std::size_t first = fewest;
        for (const axis_extents& sizes : candidates(axes, length)) {
            const std::size_t diagnostics = import(m, at(given, sizes), operators()).diagnostics.size();
            if (good.empty()) {
                first = diagnostics;
            }
            if (good.empty() && diagnostics >= fewest) {
                break;
            }
            if (diagnostics <= first) {
                good.push_back(sizes);
            }
        }
        if (good.size() > 1) {
            best = good, fewest = first;
        }
        if (fewest == 0) {
            break;
        }
    }
    return best;
}

facts::facts(const model& m, const bindings& given, const std::vector<axis_extents>& sizes) : sizes_(sizes)
{
    for (const axis_extents& each : sizes) {
        samples_.push_back(import(m, at(given, each), operators()));
        fold_constants(samples_.back().graph);
    }
}

const value* facts::find(std::size_t sample, const std::string& name) const
{
    const auto found = samples_[sample].values.find(name);
    return found == samples_[sample].values.end() || (found->second && found->second->extent) ? nullptr : found->second;
}

std::optional<open_type> facts::type(const std::string& name) const
{
    std::vector<tensor_type> types;
    for (std::size_t k = 0; k < samples_.size(); ++k) {
        const value* v = find(k, name);
        if (!v || v->type.element != find(0, name)->type.element ||
            v->type.shape.rank != find(0, name)->type.shape.rank) {
            return std::nullopt;
        }
        types.push_back(v->type);
    }
    if (types.empty()) {
        return std::nullopt;
    }
    open_type result{types[0].element, {}, {}};
    for (int axis = 0; axis < types[0].shape.rank; ++axis) {
        std::vector<dim> extents;
        for (const tensor_type& t : types) {
            extents.push_back(t.shape[axis]);
        }
        const bool fixed = std::count(extents.begin(), extents.end(), extents[0]) == std::ssize(extents);
        result.extents.push_back(fixed ? extents[0] : open_type::unknown);
        result.names.push_back(fixed ? "" : axis_of(extents));
    }
    return result;
}

/// Finds the open axis that has these extents in the samples.
std::string facts::axis_of(const std::vector<dim>& extents) const
{
    for (const auto& [name, unused] : sizes_.front()) {
        bool same = true;
        for (std::size_t k = 0; k < extents.size(); ++k) {
            same = same && sizes_[k].at(name) == extents[k];
        }
        if (same) {
            return name;
        }
    }
    return "";
}

const tensor* facts::constant(const std::string& name) const
{
    const auto [place, is_new] = constants_.try_emplace(name, nullptr);
    if (!is_new || samples_.empty()) {
        return place->second;
    }
    const value* first = find(0, name);
    if (!first || !first->data) {
        return nullptr;
    }
    for (std::size_t k = 1; k < samples_.size(); ++k) {
        const value* other = find(k, name);
        if (!other || !other->data || other->type != first->type || other->data->bytes != first->data->bytes) {
            return nullptr;
        }
    }
    return place->second = &*first->data;
}

bool facts::same(const std::string& a, const std::string& b) const
{
    for (std::size_t k = 0; k < samples_.size(); ++k) {
        if (!find(k, a) || find(k, a) != find(k, b)) {
            return false;
        }
    }
    return !samples_.empty();
}

}  // namespace cameo::generator
