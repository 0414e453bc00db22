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
    const shape& x = gather.operands[0]->type.shape;
    const dim index = integers(*gather.operands[1]->data)[0];
    slice_attributes a{.starts = x, .ends = x};
    std::fill_n(a.starts.extent.begin(), x.rank, dim{0});
    a.starts[axis] = std::clamp(index < 0 ? index + x[axis] : index, dim{0}, x[axis] - 1);
    a.ends[axis] = a.starts[axis] + 1;
    return a;
}

}  // namespace

void slice_gathered(graph& g)
{
    for (std::size_t i = 0; i < g.nodes.size(); ++i) {
        node& n = *g.nodes[i];
        const gather_attributes* a = n.attributes_of<gather_spec>();
        if (!a || n.operands[0]->data || !n.operands[1]->data || n.operands[1]->type.shape.count() != 1) {
            continue;
        }
        auto slice = make_node<slice_spec>(slice_of(n, a->axis), n.origins.front(), {n.operands[0]});
        value* column = g.add_value(n.results[0]->name, slice->op->results(slice->operand_types())[0]);
        slice->results = {column};
        g.insert(i++, std::move(slice));
        n.op = std::make_unique<operation_of<reshape_spec>>(reshape_attributes{n.results[0]->type.shape});
        n.operands = {column};
    }
}

}  // namespace cameo::generator
