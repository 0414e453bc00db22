// Imports the operators that draw random numbers in each run: RandomUniform, RandomNormal, Bernoulli, Multinomial.
#include "import/element_code.hpp"
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include <bit>
#include <cameo/op/cast.hpp>
#include <cameo/op/cumulative.hpp>
#include <cameo/op/elementwise.hpp>
#include <cameo/op/random_uniform.hpp>
#include <cameo/op/reduce.hpp>
#include <cameo/op/softmax.hpp>
#include <cmath>
#include <limits>
#include <numbers>

namespace cameo::generator {

namespace {

/// What a node draws. ONNX's seed is a float, whose bits are the generator's: nodes of one seed draw the same numbers,
/// as in onnxruntime. Those without a seed, or with NaN, draw from streams of their own.
class draws {
public:
    explicit draws(source_node& n) : node_(n), seed_(n.number("seed", std::numeric_limits<double>::quiet_NaN())) {}

    /// Numbers from [0, 1) in float32 or, with twice the bits, in float64.
    value* uniform(const tensor_type& t)
    {
        value* high = next(t.shape);
        return t.element != element::float64
                   ? high
                   : node_.compute(add(mul(operand<0>, 0x1p-24), operand<1>),
                         {cast(node_, next(t.shape), element::float64), cast(node_, high, element::float64)});
    }

    /// Numbers of the standard normal distribution.
    ///
    /// Source: G. E. P. Box and M. E. Muller, "A note on the generation of random normal deviates", 1958.
    value* normal(const tensor_type& t)
    {
        const auto radius = sqrt(mul(log(sub(1.0, operand<0>)), -2.0));
        const auto angle = mul(operand<1>, 2 * std::numbers::pi);
        return node_.compute(mul(radius, cos(angle)), {uniform(t), uniform(t)});
    }

private:
    value* next(const shape& s)
    {
        const dim stream = std::isnan(seed_) ? node_.next_random_stream() : own_stream_++;
        const auto seed = std::bit_cast<std::uint32_t>(static_cast<float>(seed_));
        return node_.add<random_uniform_spec>({s, seed, stream}, {node_.count_of_runs()})[0];
    }

    source_node& node_;
    double seed_;
    dim own_stream_ = 0;
};

/// The element type of the result: the attribute's, which has a default here and there.
element result_element(const source_node& n, element otherwise)
{
    const int code = element_code(n, "dtype", otherwise);
    const element e = n.element_for(code);
    if (e == element::none) {
        throw unsupported("makes {}, which is not supported", element_type_name(code));
    }
    return e;
}

/// Draws in float64 where the result or what it is compared with is, otherwise in float32.
element drawn_in(element e) { return e == element::float64 ? e : element::float32; }

/// Imports RandomUniform and RandomNormal, of the shape that an attribute says, and the operators whose result has the
/// shape of their operand.
template <bool Normal, bool Like>
void import_random(source_node& n)
{
    const element to = result_element(n, Like ? n.type(0).element : element::float32);
    if (!is_floating(to)) {
        throw unsupported("random numbers are floats, found {}", words(to));
    }
    if (!Like && !n.has("shape")) {
        throw unsupported("attribute 'shape' is missing");
    }
    const tensor_type t{drawn_in(to), Like ? n.type(0).shape : to_shape(n.integers("shape"))};
    draws source(n);
    value* y = nullptr;
    if constexpr (Normal) {
        y = n.compute(add(mul(operand<0>, n.number("scale", 1)), n.number("mean", 0)), {source.normal(t)});
    } else {
        const double low = n.number("low", 0);
        y = n.compute(add(mul(operand<0>, n.number("high", 1) - low), low), {source.uniform(t)});
    }
    n.set_result(0, cast(n, y, to));
}

/// Imports Bernoulli: 1 with the probability that the operand gives, otherwise 0.
void import_bernoulli(source_node& n)
{
    value* probability = cast(n, n.required_operand(0), drawn_in(n.type(0).element));
    value* y = n.compute(less(operand<0>, operand<1>), {draws(n).uniform(probability->type), probability});
    n.set_result(0, cast(n, y, result_element(n, n.type(0).element)));
}

/// Imports Multinomial: the number of classes whose cumulated probabilities a random number reaches is a sample.
void import_multinomial(source_node& n)
{
    const element to = result_element(n, element::int32);
    const dim samples = n.integer("sample_size", 1);
    const shape& x = n.type(0).shape;
    if (x.rank != 2 || x[1] < 1 || samples < 1 || (to != element::int32 && to != element::int64)) {
        throw unsupported("must draw at least one int32 or int64 from classes of a batch, found {} of {}, "
                          "'sample_size' {}",
            words(to), to_string(n.type(0)), samples);
    }
    value* logits = cast(n, n.required_operand(0), drawn_in(n.type(0).element));
    const element e = logits->type.element;
    value* probabilities = n.add<softmax_spec>({1, 2}, {logits})[0];
    value* cumulated = n.add<cumulative_spec>({1}, {probabilities})[0];
    value* total = sliced(n, cumulated, 1, x[1] - 1, x[1]);
    value* points = n.compute(mul(operand<0>, operand<1>), {draws(n).uniform({e, {x[0], samples}}), total});
    value* passed = n.compute(less_or_equal(operand<0>, operand<1>),
        {n.reshaped(cumulated, {x[0], 1, x[1]}), n.reshaped(points, {x[0], samples, 1})});
    value* count = reduced(n, reduction::sum, cast(n, passed, element::int32), {2});
    n.set_result(0, cast(n, n.reshaped(count, {x[0], samples}), to));
}

}  // namespace

void add_random(operator_table& table)
{
    const std::string generator = "Philox4x32-10, in each run other numbers; not in bodies that run at run time";
    const auto add = [&]<class... Layer>(const char* name, std::vector<int> versions, import_function import) {
        table.add<floating_elements, random_uniform_spec, Layer...>(
            name, std::move(versions), std::move(import), generator);
    };
    add.operator()<elementwise_spec>("RandomUniform", {1, 22}, import_random<false, false>);
    add.operator()<elementwise_spec>("RandomUniformLike", {1, 22}, import_random<false, true>);
    add.operator()<elementwise_spec>("RandomNormal", {1, 22}, import_random<true, false>);
    add.operator()<elementwise_spec>("RandomNormalLike", {1, 22}, import_random<true, true>);
    add.operator()<elementwise_spec>("Bernoulli", {15, 22}, import_bernoulli);
    add.operator()<softmax_spec, cumulative_spec, elementwise_spec, reduce_spec>(
        "Multinomial", {7, 22}, import_multinomial);
}

}  // namespace cameo::generator
