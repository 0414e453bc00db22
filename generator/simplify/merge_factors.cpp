// Mul(Mul(x, a), b) with constants a and b → Mul(x, a * b).
#include "simplify/rewrites.hpp"
#include <algorithm>
#include <cmath>

namespace cameo::generator {

namespace {

/// Returns the number of the constant operand of a product of two; -1 if there is none.
int constant_operand(const source_graph& g, const onnx::NodeProto& n)
{
    for (int k = 0; k < n.input_size() && n.input_size() == 2; ++k) {
        if (g.constant(input_of(n, k)) && !g.constant(input_of(n, 1 - k))) {
            return k;
        }
    }
    return -1;
}

/// Multiplies float tensors of the same shape, or by a single number. Returns nothing if a product overflows or is
/// subnormal: it could not replace its factors.
std::optional<tensor> product(const tensor& a, const tensor& b)
{
    if (a.type.shape.count() == 1 && b.type.shape.count() != 1) {
        return product(b, a);
    }
    const bool fits = a.type == b.type || (b.type.shape.count() == 1 && b.type.shape.rank <= a.type.shape.rank);
    if (!fits || a.type.element != element::float32 || b.type.element != element::float32) {
        return std::nullopt;
    }
    tensor result(a.type);
    for (std::size_t i = 0; i < result.as<float>().size(); ++i) {
        const float x = a.as<float>()[i], y = b.as<float>()[b.type == a.type ? i : 0],
                    both = static_cast<float>(static_cast<double>(x) * static_cast<double>(y));
        if (!std::isnormal(both)) {
            return std::nullopt;
        }
        result.as<float>()[i] = both;
    }
    return result;
}

bool merge_factor(source_graph& g, onnx::NodeProto& n)
{
    const int outer = is(n, "Mul") && g.opset >= 7 ? constant_operand(g, n) : -1;
    onnx::NodeProto* first = outer < 0 ? nullptr : g.sole_producer(input_of(n, 1 - outer));
    const int inner = first && is(*first, "Mul") ? constant_operand(g, *first) : -1;
    const auto both =
        inner < 0 ? std::nullopt : product(*g.constant(input_of(n, outer)), *g.constant(input_of(*first, inner)));
    if (!both) {
        return false;
    }
    const std::string operand = input_of(*first, 1 - inner), factor = g.add_constant(input_of(n, outer), *both);
    g.remove(*first);
    g.edit(n, [&](onnx::NodeProto& m) {
        m.set_input(1 - outer, operand);
        m.set_input(outer, factor);
    });
    return true;
}

}  // namespace

/// Merges successive constant factors into one. (Summands stay: x + c - c rounds x, which some networks rely on.)
bool merge_factors(source_graph& g) { return at_each_node<merge_factor>(g); }

}  // namespace cameo::generator
