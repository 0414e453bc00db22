// Holds the fast paths of LSTM and GRU, all results of them, against the definition in double.
#include "kernel/compare.hpp"
#include "kernel/random_spec.hpp"
#include <cameo/kernel/gru.hpp>
#include <cameo/kernel/lstm.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

/// Makes a layer of these extents, with its operands in plain storage.
template <class Spec>
constexpr Spec layer_of(const typename Spec::attributes& attributes, dim steps, dim batch, dim input, dim hidden,
    bool bias, bool initial_h, bool initial_c)
{
    const recurrence& how = attributes.recurrence;
    const dim directions = how.directions(), rows = Spec::gate_count * hidden;
    const auto type = [](dim a, dim b, dim c) { return tensor_type{element::float32, {a, b, c}}; };
    const tensor_type state = how.batch_first ? type(batch, directions, hidden) : type(directions, batch, hidden);
    Spec s{attributes, how.batch_first ? type(batch, steps, input) : type(steps, batch, input),
        type(directions, rows, input), type(directions, rows, hidden)};
    if (bias) {
        s.b = {element::float32, {directions, 2 * rows}};
    }
    if (initial_h) {
        s.initial_h = state;
    }
    if constexpr (requires { s.initial_c; }) {
        if (initial_c) {
            s.initial_c = state;
        }
    }
    return s;
}

/// The numbers of an operand, in the form for the definition and in the kernel's storage.
struct values {
    std::vector<float> stored;
    std::vector<double> exact;

    values(const tensor_type& t, float scale, std::mt19937& random) : stored(index(stored_count(t)))
    {
        std::vector<float> plain = test::random_values(t.present() ? t.shape.count() : 0, random);
        for (float& v : plain) {
            v *= scale;
        }
        exact.assign(plain.begin(), plain.end());
        if (t.present()) {
            rearrange<float>(t.plain(), plain, t, stored);
        }
    }
    operator std::span<const float>() const { return stored; }
    operator std::span<const double>() const { return exact; }
};

/// Holds all results of the fast path against the definition in double, for a layer with these operands.
template <class Spec, Spec Shapes>
double stored_error()
{
    static constexpr Spec shapes = Shapes;
    static constexpr Spec spec = [] {
        Spec s = shapes;
        s.w = s.w.stored(wanted_weight_storage(s));
        s.r = s.r.stored(wanted_weight_storage(s));
        return s;
    }();
    static_assert(check(shapes) == recurrent_problem::none);
    static constexpr auto types = results_of(shapes);
    using fast = kernel<spec, types[0]>;
    static_assert(!requires { fast::plain_definition; });

    std::mt19937 random(1);
    const values x(spec.x, 1, random), w(spec.w, 0.5f, random), r(spec.r, 0.3f, random), b(spec.b, 0.5f, random),
        h(spec.initial_h, 1, random);
    std::array<std::vector<float>, types.size()> found;
    std::array<std::vector<double>, types.size()> expected;
    for (std::size_t i = 0; i < types.size(); ++i) {
        found[i].resize(index(types[i].shape.count()), NAN), expected[i].resize(found[i].size());
    }
    if constexpr (Spec::gate_count == 4) {
        const values c(spec.initial_c, 1, random);
        fast::run(x, w, r, b, {}, h, c, {}, found[0], found[1], found[2], found[3]);
        evaluate<double>(shapes, x, w, r, b, {}, h, c, {}, expected[0], expected[1], expected[2], expected[3]);
    } else {
        fast::run(x, w, r, b, {}, h, found[0], found[1], found[2]);
        evaluate<double>(shapes, x, w, r, b, {}, h, expected[0], expected[1], expected[2]);
    }
    double largest = 0;
    for (std::size_t i = 0; i + 1 < types.size(); ++i) {  // the last is scratch
        for (std::size_t k = 0; k < found[i].size(); ++k) {
            largest = std::max(largest, detail::is_finite(found[i][k]) ? std::abs(found[i][k] - expected[i][k])
                                                                       : std::numeric_limits<double>::max());
        }
    }
    return largest;
}

template <auto Attributes, class Spec, dim Steps, dim Batch, dim Input, dim Hidden, bool Bias = true,
    bool Initial = true>
double error()
{
    return stored_error<Spec, layer_of<Spec>(Attributes, Steps, Batch, Input, Hidden, Bias, Initial, Initial)>();
}

constexpr double tolerance = 2e-6;
constexpr recurrence backward{.direction = direction::reverse},
    both{.direction = direction::bidirectional, .batch_first = true, .clip = 0.7};
constexpr gru_attributes linear{.linear_before_reset = true};

template <class Activations>
constexpr Activations random_activations(test::dice& roll)
{
    Activations by;
    if (roll.once_in(2)) {
        return by;
    }
    by.f = roll.pick(sigmoid(operand<0>), hard_sigmoid(operand<0>, 0.2, 0.5));
    by.g = roll.pick(cameo::tanh(operand<0>), softsign(operand<0>), clip(operand<0>, -1, 1));
    if constexpr (requires { by.h; }) {
        by.h = roll.pick(cameo::tanh(operand<0>), softsign(operand<0>), by.h);
    }
    return by;
}

/// Makes any layer that the fast paths take, and one LSTM in eight with peepholes, which they do not.
template <class Spec>
constexpr Spec random_recurrent(int seed)
{
    test::dice roll(seed);
    typename Spec::attributes a;
    a.recurrence = {roll.pick(direction::forward, direction::reverse, direction::bidirectional), roll.once_in(3),
        roll.once_in(3) ? 0.6 : 0.0};
    a.activations = random_activations<decltype(a.activations)>(roll);
    a.second_activations = random_activations<decltype(a.activations)>(roll);
    if constexpr (requires { a.linear_before_reset; }) {
        a.linear_before_reset = roll.once_in(2);
    }
    const dim steps = roll(1, 5), batch = roll(1, 3), input = roll.within({{1, 1}, {2, 9}, {10, 40}}),
              hidden = roll.within({{1, 12}, {13, 40}, {41, 90}});
    const bool bias = !roll.once_in(3), initial_h = roll.once_in(2), initial_c = roll.once_in(2);
    Spec s = layer_of<Spec>(a, steps, batch, input, hidden, bias, initial_h, initial_c);
    if constexpr (requires { s.p; }) {
        if (roll.once_in(8)) {
            s.p = {element::float32, {a.recurrence.directions(), 3 * hidden}};
        }
    }
    return s;
}

template <class Spec, int Seeds>
void check_random()
{
    test::for_each_seed<Seeds>([]<int Seed> {
        constexpr Spec shapes = random_recurrent<Spec>(Seed);
        if constexpr (!has_recurrent_kernel(shapes)) {
            return false;
        } else {
            CHECK(stored_error<Spec, shapes>() < tolerance);
            return true;
        }
    });
}

}  // namespace

TEST_CASE("lstm")
{
    CHECK(error<lstm_attributes{}, lstm_spec, 1, 1, 1, 16>() < tolerance);
    CHECK(error<lstm_attributes{}, lstm_spec, 3, 1, 1, 40>() < tolerance);
    CHECK(error<lstm_attributes{}, lstm_spec, 4, 2, 5, 7, false>() < tolerance);
    CHECK(error<lstm_attributes{.quantized_state = true}, lstm_spec, 3, 1, 5, 40>() < tolerance);
    CHECK(error<lstm_attributes{.recurrence = backward}, lstm_spec, 3, 1, 3, 130, true, false>() < tolerance);
    CHECK(error<lstm_attributes{.recurrence = both, .second_activations = {.g = relu(operand<0>)}}, lstm_spec, 3, 2, 4,
              20>() < tolerance);
}

TEST_CASE("gru")
{
    CHECK(error<linear, gru_spec, 1, 1, 1, 16>() < tolerance);
    CHECK(error<linear, gru_spec, 3, 1, 1, 40>() < tolerance);
    CHECK(error<gru_attributes{}, gru_spec, 3, 2, 5, 24, false>() < tolerance);
    CHECK(error<gru_attributes{.recurrence = both}, gru_spec, 3, 2, 4, 70, true, false>() < tolerance);
    CHECK(
        error<gru_attributes{.recurrence = backward, .linear_before_reset = true}, gru_spec, 3, 2, 4, 3>() < tolerance);
}

TEST_CASE("random lstm") { check_random<lstm_spec, 16>(); }
TEST_CASE("random gru") { check_random<gru_spec, 16>(); }
