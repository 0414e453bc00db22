// Gather(x, one constant index) → Reshape(Slice(x)): a slice says which column it takes, a gather hides that in data.
#include "passes/stream.hpp"
#include <algorithm>
#include <cameo/op/gather.hpp>
#include <cameo/op/reshape.hpp>
#include <cameo/op/slice.hpp>

namespace cameo::generator {

namespace {

/// Of the one element that the indices name; negative ones count from the end.
slice_attributes slice_of(const node& gather, int axis)
{
    const shape& x = gather.operand<&gather_spec::x>()->type.shape;
    const dim index = integers(*gather.operand<&gather_spec::indices>()->data)[0];
    slice_attributes a{.starts = x, .ends = x};
    std::fill_n(a.starts.extent.begin(), x.rank, dim{0});
    a.starts[axis] = std::clamp(index < 0 ? index + x[axis] : index, dim{0}, x[axis] - 1);
    a.ends[axis] = a.starts[axis] + 1;
    return a;
}

bool holds_one_index(const value& indices) { return indices.data && indices.type.shape.count() == 1; }

}  // namespace

void slice_gathered(graph& g)
{
    for (const auto& each : g.nodes()) {
        node& n = *each;
        const gather_attributes* a = n.attributes_of<gather_spec>();
        if (!a || n.operand<&gather_spec::x>()->data || !holds_one_index(*n.operand<&gather_spec::indices>())) {
            continue;
        }
        auto slice = make_node<slice_spec>(slice_of(n, a->axis), n.origins.front(), {n.operand<&gather_spec::x>()});
        value* column = g.add_value(n.result()->name, slice->op->results(slice->operand_types())[0]);
        slice->set_results({column});
        g.insert_before(n, std::move(slice));
        n.become<reshape_spec>({n.result()->type.shape}, {column});
    }
}

}  // namespace cameo::generator
