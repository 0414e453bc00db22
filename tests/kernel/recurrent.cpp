#include "kernel/compare.hpp"
#include <cameo/kernel/gru.hpp>
#include <cameo/kernel/lstm.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

/// Holds the fast path of a layer of these operands against the definition in double: all results.
template <auto Attributes, class Spec, dim Steps, dim Batch, dim Input, dim Hidden, bool Bias = true, bool Initial = true>
double error()
{
    static constexpr Spec shapes = [] {
        constexpr dim directions = Attributes.recurrence.directions(), rows = Spec::gates * Hidden;
        constexpr bool batch_first = Attributes.recurrence.batch_first;
        Spec s{Attributes, batch_first ? f32<Batch, Steps, Input> : f32<Steps, Batch, Input>, f32<directions, rows, Input>, f32<directions, rows, Hidden>};
        if (Bias) s.b = f32<directions, 2 * rows>;
        if (Initial) s.initial_h = batch_first ? f32<Batch, directions, Hidden> : f32<directions, Batch, Hidden>;
        if constexpr (requires { s.initial_c; })
            if (Initial) s.initial_c = s.initial_h;
        return s;
    }();
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
    const auto values = [&](const tensor_type& t, float scale) {
        std::vector<float> v = test::random_values(t.present() ? t.shape.count() : 0, random);
        for (float& e : v) e *= scale;
        return v;
    };
    const std::vector<float> x = values(spec.x, 1), w = values(spec.w, 0.5f), r = values(spec.r, 0.3f), b = values(spec.b, 0.5f), h = values(spec.initial_h, 1), c = h;
    std::vector<float> stored_w(index(stored_count(spec.w))), stored_r(index(stored_count(spec.r)));
    rearrange<float>(shapes.w, w, spec.w, stored_w);
    rearrange<float>(shapes.r, r, spec.r, stored_r);
    const auto wide = [](const std::vector<float>& v) { return std::vector<double>(v.begin(), v.end()); };
    const std::vector<double> dx = wide(x), dw = wide(w), dr = wide(r), db = wide(b), dh = wide(h), dc = wide(c);
    std::array<std::vector<float>, types.size()> found;
    std::array<std::vector<double>, types.size()> expected;
    for (std::size_t i = 0; i < types.size(); ++i) found[i].resize(index(types[i].shape.count())), expected[i].resize(found[i].size());
    using in = std::span<const float>;
    using exact = std::span<const double>;
    if constexpr (Spec::gates == 4) {
        fast::run(in(x), in(stored_w), in(stored_r), in(b), {}, in(h), in(c), {}, found[0], found[1], found[2], found[3]);
        evaluate(shapes, exact(dx), exact(dw), exact(dr), exact(db), {}, exact(dh), exact(dc), {}, std::span(expected[0]), expected[1], expected[2], expected[3]);
    }
    else {
        fast::run(in(x), in(stored_w), in(stored_r), in(b), {}, in(h), found[0], found[1], found[2]);
        evaluate(shapes, exact(dx), exact(dw), exact(dr), exact(db), {}, exact(dh), std::span(expected[0]), expected[1], expected[2]);
    }
    double largest = 0;
    for (std::size_t i = 0; i + 1 < types.size(); ++i)  // the last is scratch
        for (std::size_t k = 0; k < found[i].size(); ++k) largest = std::max(largest, std::isfinite(found[i][k]) ? std::abs(found[i][k] - expected[i][k]) : INFINITY);
    return largest;
}

constexpr double tolerance = 2e-6;
constexpr recurrence backward{.direction = direction::reverse}, both{.direction = direction::bidirectional, .batch_first = true, .clip = 0.7};
constexpr gru_attributes linear{.linear_before_reset = true};

}  // namespace

TEST_CASE("lstm")
{
    CHECK(error<lstm_attributes{}, lstm_spec, 1, 1, 1, 16>() < tolerance);
    CHECK(error<lstm_attributes{}, lstm_spec, 3, 1, 1, 40>() < tolerance);
    CHECK(error<lstm_attributes{}, lstm_spec, 4, 2, 5, 7, false>() < tolerance);
    CHECK(error<lstm_attributes{.recurrence = backward}, lstm_spec, 3, 1, 3, 130, true, false>() < tolerance);
    CHECK(error<lstm_attributes{.recurrence = both, .second_activations = {.g = relu(operand<0>)}}, lstm_spec, 3, 2, 4, 20>() < tolerance);
}

TEST_CASE("gru")
{
    CHECK(error<linear, gru_spec, 1, 1, 1, 16>() < tolerance);
    CHECK(error<linear, gru_spec, 3, 1, 1, 40>() < tolerance);
    CHECK(error<gru_attributes{}, gru_spec, 3, 2, 5, 24, false>() < tolerance);
    CHECK(error<gru_attributes{.recurrence = both}, gru_spec, 3, 2, 4, 70, true, false>() < tolerance);
    CHECK(error<gru_attributes{.recurrence = backward, .linear_before_reset = true}, gru_spec, 3, 2, 4, 3>() < tolerance);
}
