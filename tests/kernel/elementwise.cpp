#include "kernel/compare.hpp"
#include <cameo/kernel/elementwise.hpp>
#include <doctest/doctest.h>
#include <memory>

using namespace cameo;

namespace {

/// Holds the fast path of a program against the definition, its operands and result stored as their types say.
template <program P, tensor_type Y, class T = float, class R = float, tensor_type... X>
bool agrees(double tolerance = 4e-6)
{
    constexpr elementwise_spec spec{{P}, {X...}}, plain{{P}, {X.plain()...}};
    static_assert(check(plain) == elementwise_problem::none && result(plain) == Y.plain());
    static_assert(!requires { kernel<spec, Y>::plain_definition; });
    constexpr tensor_type type = Y, type_plain = Y.plain();
    std::mt19937 random(1);
    std::vector<std::vector<T>> stored, logical;
    std::vector<std::span<const T>> x, x_plain;
    const auto add = [&](const tensor_type& t) {
        const std::vector<float> values = test::random_values(t.shape.count(), random);
        logical.emplace_back(values.size());
        for (std::size_t i = 0; i < values.size(); ++i) logical.back()[i] = static_cast<T>(std::is_integral_v<T> ? values[i] * 5 : values[i]);
        stored.emplace_back(index(stored_count(t)));
        rearrange<T>(t.plain(), logical.back(), t, stored.back());
    };
    for (int i = 0; i < spec.x.count; ++i) add(spec.x[i]);
    for (std::size_t i = 0; i < stored.size(); ++i) x.push_back(stored[i]), x_plain.push_back(logical[i]);
    const std::unique_ptr<R[]> y(new R[index(stored_count(type))]{}), found(new R[index(type.shape.count())]), expected(new R[index(type.shape.count())]);
    const auto all = [&](R* data, const tensor_type& t) { return std::span<R>(data, index(stored_count(t))); };
    kernel<spec, Y>::run(std::span<const std::span<const T>>(x), all(y.get(), type));
    rearrange<R>(type, all(y.get(), type), type_plain, all(found.get(), type_plain));
    evaluate(plain, std::span<const std::span<const T>>(x_plain), all(expected.get(), type_plain));
    dim set = 0, stored_set = 0;
    for (dim i = 0; i < type.shape.count(); ++i) {
        const double f = static_cast<double>(found[index(i)]), e = static_cast<double>(expected[index(i)]);
        if (!(std::abs(f - e) <= tolerance * std::max(1.0, std::abs(e)))) return false;
        set += found[index(i)] != R(0);
    }
    for (dim i = 0; i < stored_count(type); ++i) stored_set += y[index(i)] != R(0);
    return set == stored_set;  // halo and padding are zero
}

template <program P, tensor_type Y, tensor_type... X>
bool agrees_on_floats()
{
    return agrees<P, Y, float, float, X...>();
}

constexpr program sum = add(operand<0>, operand<1>), scaled = relu(add(mul(operand<0>, operand<1>), operand<2>)), wave = add(cameo::exp(operand<0>), 1);

}  // namespace

TEST_CASE("rows of every length")
{
    CHECK(agrees_on_floats<cameo::tanh(operand<0>), f32<1>, f32<1>>());
    CHECK(agrees_on_floats<sum, f32<3>, f32<3>, f32<3>>());
    CHECK(agrees_on_floats<sum, f32<7, 13>, f32<7, 13>, f32<7, 13>>());
    CHECK(agrees_on_floats<scaled, f32<200>, f32<200>, f32<200>, f32<200>>());
    CHECK(agrees_on_floats<sum, f32<>, f32<>, f32<>>());
}

TEST_CASE("broadcasting")
{
    CHECK(agrees_on_floats<sum, f32<4, 33>, f32<4, 33>, f32<33>>());
    CHECK(agrees_on_floats<sum, f32<4, 33>, f32<4, 1>, f32<33>>());
    CHECK(agrees_on_floats<sum, f32<2, 3, 5, 7>, f32<2, 3, 5, 7>, f32<3, 1, 1>>());
    CHECK(agrees_on_floats<sum, f32<2, 3, 5, 7>, f32<2, 1, 5, 1>, f32<1, 3, 1, 7>>());
    CHECK(agrees_on_floats<scaled, f32<2, 9>, f32<2, 9>, f32<1>, f32<>>());
}

TEST_CASE("blocked and framed storage")
{
    constexpr halo one{1, 1, 1, 1}, uneven{0, 2, 1, 0};
    CHECK(agrees_on_floats<sum, f32<2, 20, 3, 5>.blocked(one), f32<2, 20, 3, 5>.blocked(), f32<2, 20, 3, 5>.blocked(uneven)>());
    CHECK(agrees_on_floats<scaled, f32<1, 32, 4, 4>.blocked(), f32<1, 32, 4, 4>.blocked(), f32<1, 32, 1, 1>.blocked(), f32<1, 32, 1, 1>.blocked()>());
    CHECK(agrees_on_floats<wave, f32<1, 20, 4, 4>.blocked(one), f32<1, 20, 4, 4>.blocked(one)>());
    CHECK(agrees_on_floats<sum, f32<2, 5, 6, 7>.blocked(), f32<2, 5, 6, 7>.blocked(), f32<1>>());
    CHECK(agrees_on_floats<sum, f32<2, 20, 6, 7>.blocked(), f32<2, 20, 6, 7>.blocked(), f32<2, 1, 6, 7>.blocked()>());
    CHECK(agrees_on_floats<wave, f32<1, 20>.blocked(), f32<1, 20>.blocked()>());
    CHECK(agrees_on_floats<wave, f32<1, 20, 9>.blocked(), f32<1, 20, 9>.blocked()>());
    CHECK(agrees_on_floats<wave, f32<1, 3, 4, 4>.stored({arrangement::framed, one}), f32<1, 3, 4, 4>.stored({arrangement::framed, uneven})>());
}

TEST_CASE("other elements, predicates, functions without vectors")
{
    CHECK(agrees<sum, i64<3, 4>, std::int64_t, std::int64_t, i64<3, 4>, i64<4>>());
    CHECK(agrees<relu(sub(operand<0>, 3)), i32<30>, std::int32_t, std::int32_t, i32<30>>());
    CHECK(agrees<wave, f64<30>, double, double, f64<30>>());
    CHECK(agrees<less(operand<0>, operand<1>), boolean<5, 6>, float, bool, f32<5, 6>, f32<6>>());
    CHECK(agrees<cameo::pow(cameo::abs(operand<0>), 2.5), f32<19>, float, float, f32<19>>());
}

TEST_CASE("a result over its operand")
{
    constexpr elementwise_spec spec{{wave}, {f32<37>}};
    std::vector<float> x(37, 1.0f);
    const std::array<std::span<const float>, 1> operands{x};
    kernel<spec, f32<37>>::run(operands, std::span<float>(x));
    for (float v : x) CHECK(v == doctest::Approx(std::exp(1.0f) + 1));
}

TEST_CASE("which operand may be overwritten")
{
    constexpr elementwise_spec spec{{sum}, {f32<4>, f32<3, 4>}}, outer{{sum}, {f32<3, 1>, f32<4>}};
    static_assert(kernel<spec, f32<3, 4>>::overwrites == 1);
    static_assert(kernel<outer, f32<3, 4>>::overwrites == -1);
}
