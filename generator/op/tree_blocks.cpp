// Lays decision trees out in the blocks of tree_ensemble: each has the upper four levels of a tree.
#include "op/tree_blocks.hpp"
#include "op/composition.hpp"
#include <cameo/op/gather.hpp>

namespace cameo::generator {

namespace {

/// A longer path is in no tree that was trained.
constexpr dim most_nodes = 512;

/// Puts a target at place k of a block, and what follows below it.
void fill(block& b, std::span<const decision> decisions, dim target, dim levels, std::size_t k = 0)
{
    if (k >= block::nodes) {
        b.next[k - block::nodes] = target;
        return;
    }
    b.decisions[k] = target < 0 || levels <= 0 ? decision{0, 0, false, target, target} : decisions[index(target)];
    fill(b, decisions, b.decisions[k].left, levels - 1, 2 * k + 1);
    fill(b, decisions, b.decisions[k].right, levels - 1, 2 * k + 2);
}

/// Makes the blocks of trees. Each node begins one block at most, and one that is a root, whoever leads to it.
class builder {
public:
    explicit builder(std::span<const decision> decisions) : decisions_(decisions) {}

    /// Returns the block of a root, or the leaf.
    dim place_root(dim target)
    {
        const dim nodes_on_path = height(target);
        highest_ = std::max(highest_, nodes_on_path);
        return place(target, levels_of_root(nodes_on_path));
    }

    /// The nodes on the longest path of all trees.
    dim highest() const { return highest_; }

    /// How many blocks a path from here passes at most. Blocks come behind those that they lead to.
    dim levels() const
    {
        std::vector<dim> of(all_.size(), 1);
        for (std::size_t k = 0; k < all_.size(); ++k) {
            for (const dim next : all_[k].next) {
                of[k] = next < 0 ? of[k] : std::max(of[k], of[index(next)] + 1);
            }
        }
        return of.empty() ? 1 : *std::ranges::max_element(of);
    }
    const std::vector<block>& all() const { return all_; }

private:
    dim place(dim target, dim levels)
    {
        if (target < 0) {
            return target;
        }
        const auto known = placed_.find({target, levels});
        if (known != placed_.end()) {
            return known->second;
        }
        block b = block_of(decisions_, target, levels);
        for (dim& next : b.next) {
            next = place(next, block::levels);
        }
        all_.push_back(b);
        return placed_[{target, levels}] = std::ssize(all_) - 1;
    }

    /// The nodes on the longest path from here.
    dim height(dim target, dim above = 0)
    {
        if (target < 0) {
            return 0;
        }
        if (above >= most_nodes) {
            throw unsupported("its nodes form a circle, or a path of more than {} nodes", most_nodes);
        }
        const auto known = heights_.find(target);
        if (known != heights_.end()) {
            return known->second;
        }
        const decision& d = decisions_[index(target)];
        return heights_[target] = std::max(height(d.left, above + 1), height(d.right, above + 1)) + 1;
    }

    std::span<const decision> decisions_;
    std::vector<block> all_;
    std::map<std::pair<dim, dim>, dim> placed_;
    std::map<dim, dim> heights_;
    dim highest_ = 0;
};

/// A constant with a row of 16 for each block, of which `write` fills one.
template <class Write>
value* table(source_node& n, element type, std::span<const block> blocks, Write write)
{
    tensor t = n.make_constant({type, {std::ssize(blocks), tree_ensemble_spec::exits}});
    with_elements(t, [&]<class T>(std::span<T> all) {
        for (std::size_t b = 0; b < blocks.size(); ++b) {
            for (std::size_t k = 0; k < block::exits; ++k) {
                all[b * block::exits + k] = cameo::detail::convert<T>(write(blocks[b], k));
            }
        }
    });
    return n.add_constant(std::move(t));
}

/// Which nodes NaN leaves on the left: null if these are none.
value* missing_of(source_node& n, std::span<const block> blocks)
{
    std::vector<dim> masks;
    for (const block& b : blocks) {
        dim mask = 0;
        for (std::size_t k = 0; k < block::nodes; ++k) {
            mask |= dim{b.decisions[k].missing_goes_left} << k;
        }
        masks.push_back(mask);
    }
    return std::ranges::all_of(masks, [](dim m) { return m == 0; }) ? nullptr
                                                                    : constant_list(n, element::uint16, masks);
}

/// Adds the operation: next and roots are null for perfect trees.
value* add_blocks(source_node& n, const tree_ensemble_attributes& a, value* x, std::span<const block> blocks,
    value* next, value* roots, value* weights)
{
    const auto of = [](const block& b, std::size_t k) { return b.decisions[std::min(k, block::nodes - 1)]; };
    const element features = x->type.shape[1] <= 256 ? element::uint8 : element::int32;
    return n.add<tree_ensemble_spec>(
        a, {x, table(n, x->type.element, blocks, [&](const block& b, std::size_t k) { return of(b, k).threshold; }),
               table(n, features, blocks, [&](const block& b, std::size_t k) { return of(b, k).feature; }), next, roots,
               weights, missing_of(n, blocks)})[0];
}

}  // namespace

block block_of(std::span<const decision> decisions, dim target, dim levels)
{
    block b;
    fill(b, decisions, target, levels);
    return b;
}

value* add_trees(source_node& n, value* x, std::span<const decision> decisions, std::span<const dim> roots,
    value* weights, tree_aggregate aggregate)
{
    const dim columns = x->type.shape[1], targets = weights->type.shape[1];
    for (const decision& d : decisions) {
        if (d.feature < 0 || d.feature >= columns) {
            throw unsupported("a node reads feature {} of {}", d.feature, columns);
        }
    }
    builder trees(decisions);
    std::vector<dim> first;
    for (const dim root : roots) {
        first.push_back(trees.place_root(root));
    }
    if (suits_perfect(std::ssize(roots), trees.highest(), trees.all().size(), weights->type.shape[0], targets)) {
        perfect_trees made = make_perfect(decisions, roots, trees.highest());
        made.attributes.aggregate = aggregate;
        value* ends = n.add<gather_spec>({0}, {weights, constant_list(n, element::int64, made.leaves)})[0];
        return add_blocks(n, made.attributes, x, made.blocks, nullptr, nullptr, ends);
    }
    const std::vector<block>& made = trees.all();
    const std::vector<block> blocks = made.empty() ? std::vector<block>(1) : made;
    value* next = table(n, element::int32, blocks, [](const block& b, std::size_t k) { return b.next[k]; });
    return add_blocks(
        n, {aggregate, trees.levels()}, x, blocks, next, constant_list(n, element::int32, first), weights);
}

}  // namespace cameo::generator
