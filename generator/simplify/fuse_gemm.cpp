// Add(MatMul(a, b), c) of matrices → Gemm(a, b, c).
#include "simplify/rewrites.hpp"

namespace cameo::generator {

namespace {

/// Tells whether Gemm can add c to a result of type y: [n], [1, n], [m, 1] or the like.
bool broadcasts_to(const open_type& c, const open_type& y)
{
    if (c.element != y.element || c.extents.size() > y.extents.size()) {
        return false;
    }
    for (std::size_t k = 1; k <= c.extents.size(); ++k) {
        const dim from = c.extents[c.extents.size() - k], to = y.extents[y.extents.size() - k];
        if (from != 1 && (from != to || from == open_type::unknown)) {
            return false;
        }
    }
    return true;
}

bool fuse_sum(source_graph& g, onnx::NodeProto& sum)
{
    if (!is(sum, "Add") || g.opset < 7 || sum.input_size() != 2) {
        return false;
    }
    for (int k = 0; k < 2; ++k) {
        onnx::NodeProto* product = g.sole_producer(input_of(sum, k));
        if (!product || !is(*product, "MatMul") || input_of(sum, 0) == input_of(sum, 1)) {
            continue;
        }
        const auto a = g.known.type(input_of(*product, 0)), b = g.known.type(input_of(*product, 1)),
                   c = g.known.type(input_of(sum, 1 - k)), y = g.known.type(input_of(sum, k));
        if (!a || !b || !c || !y || a->extents.size() != 2 || b->extents.size() != 2 || !broadcasts_to(*c, *y)) {
            continue;
        }
        if (y->element != element::float32 && y->element != element::float64) {
            continue;
        }
        const std::string left = input_of(*product, 0), right = input_of(*product, 1), bias = input_of(sum, 1 - k);
        g.remove(*product);
        g.edit(sum, [&](onnx::NodeProto& n) {
            n.set_op_type("Gemm");
            n.clear_input();
            for (const std::string& name : {left, right, bias}) {
                n.add_input(name);
            }
        });
        return true;
    }
    return false;
}

}  // namespace

/// Fuses MatMul of matrices and Add of a bias into Gemm.
bool fuse_gemm(source_graph& g) { return at_each_node<fuse_sum>(g); }

}  // namespace cameo::generator
