// Imports Dropout: the identity in inference; in training, a mask computed from its seed.
#include "import/operator_table.hpp"
#include <cameo/op/elementwise.hpp>
#include <limits>
#include <random>

namespace cameo::generator {

namespace {

/// Decides which elements are kept: those for which a number drawn from [0, 1) is no less than the ratio. The numbers
/// are those of ONNX's reference implementation: the Mersenne twister of numpy's RandomState, 53 bits of two draws for
/// each (Matsumoto and Nishimura's genrand_res53).
tensor kept_elements(const shape& s, double ratio, std::uint32_t seed)
{
    std::mt19937 draw(seed);
    tensor mask({element::boolean, s});
    for (bool& keeps : mask.as<bool>()) {
        const auto high = static_cast<double>(draw() >> 5), low = static_cast<double>(draw() >> 6);
        keeps = (high * 67108864.0 + low) / 9007199254740992.0 >= ratio;
    }
    return mask;
}

tensor all_kept(const tensor_type& type)
{
    tensor mask(type);
    with_elements(mask, []<class T>(std::span<T> elements) { std::fill(elements.begin(), elements.end(), T(1)); });
    return mask;
}

/// Computes y = x mask / (1 - ratio). A file without a seed leaves the choice to us: 0.
void drop(source_node& n, double ratio)
{
    if (ratio < 0 || ratio >= 1) {
        throw unsupported("operand 1 (ratio) must be from 0 to less than 1, found {}", ratio);
    }
    const dim seed = n.integer("seed", 0);
    if (seed < 0 || seed > std::numeric_limits<std::uint32_t>::max()) {
        throw unsupported("attribute 'seed' must be from 0 to 4294967295, found {}", seed);
    }
    const tensor mask = kept_elements(n.type(0).shape, ratio, static_cast<std::uint32_t>(seed));
    tensor factor({n.type(0).element, n.type(0).shape});
    with_elements(factor, [&]<class T>(std::span<T> elements) {
        const auto keeps = mask.as<bool>();
        for (std::size_t i = 0; i < elements.size(); ++i) {
            elements[i] = static_cast<T>(keeps[i] ? 1 / (1 - ratio) : 0);
        }
    });
    n.set_result(0, n.compute(mul(operand<0>, operand<1>), {n.required_operand(0), n.add_constant(std::move(factor))}));
    if (n.has_output(1)) {
        n.set_result(1, n.add_constant(mask));
    }
}

/// Imports Dropout, which always means inference from opset 7 to 11.
void import_dropout(source_node& n)
{
    n.ignore({"ratio", "seed"});
    const tensor* training = n.opset() >= 12 ? n.constant(2, "training_mode") : nullptr;
    const tensor* given = n.opset() >= 12 ? n.constant(1, "ratio") : nullptr;
    const double ratio = n.opset() < 12 ? n.number("ratio", 0.5) : given ? numbers(*given)[0] : 0.5;
    const bool trains = n.opset() < 7 ? n.integer("is_test", 0) == 0 : training && training->as<bool>()[0];
    if (trains && ratio != 0 && n.in_training_mode()) {
        return drop(n, ratio);
    }
    n.set_result(0, n.required_operand(0));
    if (n.has_output(1)) {
        n.set_result(
            1, n.add_constant(all_kept({n.opset() < 10 ? n.type(0).element : element::boolean, n.type(0).shape})));
    }
}

}  // namespace

void add_dropout(operator_table& table)
{
    table.add("Dropout", {1, 6, 7, 10, 12, 13, 22}, import_dropout,
        "`ratio` and `training_mode` are constant; drops where --training asks for it");
}

}  // namespace cameo::generator
