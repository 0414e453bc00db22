// Makes perfect trees, whose blocks need not say where they lead, of decision trees that are about as full as they are
// deep.
#include "op/tree_blocks.hpp"

namespace cameo::generator {

bool suits_perfect(dim trees, dim height, std::size_t blocks, dim leaves, dim targets)
{
    // Perfect trees spend this on a block and on a number of an end, others on a block.
    constexpr dim perfect_block = 80, number = 4, other_block = 144, most_levels = 16;
    if (height < 1 || height > most_levels || trees > (dim{1} << 40 >> most_levels) / targets) {
        return false;
    }
    const dim ends = trees << height;
    return ends / 15 * perfect_block + ends * targets * number <=
           (static_cast<dim>(blocks) * other_block + leaves * targets * number) / 2 * 3;
}

perfect_trees make_perfect(std::span<const decision> decisions, std::span<const dim> roots, dim height)
{
    perfect_trees made;
    made.attributes.root_levels = levels_of_root(height);
    made.attributes.levels = (height - made.attributes.root_levels) / block::levels + 1;
    std::vector<dim> targets(roots.begin(), roots.end());
    for (dim level = 0; level < made.attributes.levels; ++level) {
        const dim nodes = level == 0 ? made.attributes.root_levels : block::levels;
        std::vector<dim> behind;
        for (const dim target : targets) {
            const block& b = made.blocks.emplace_back(block_of(decisions, target, nodes));
            for (std::size_t exit = 0; exit < block::exits; exit += block::exits >> nodes) {
                behind.push_back(b.next[exit]);
            }
        }
        targets = std::move(behind);
    }
    for (const dim leaf : targets) {
        made.leaves.push_back(-1 - leaf);
    }
    return made;
}

}  // namespace cameo::generator
