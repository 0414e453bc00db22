// Holds the fast paths of LayerNormalization, over rows and planes, against the definition in double.
#include "kernel/compare.hpp"
#include "kernel/random_spec.hpp"
#include <cameo/kernel/layer_normalization.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

template <layer_normalization_spec Spec, tensor_type Y = result(Spec)[0]>
double error()
{
    static constexpr layer_normalization_spec spec = Spec;
    static_assert(!requires { kernel<Spec, Y>::plain_definition; });
    return test::kernel_error<Spec, Y>(spec.x, spec.scale, spec.bias);
}

constexpr double tolerance = 1e-6;

constexpr layer_normalization_spec over(
    int axis, const tensor_type& x, const tensor_type& scale, const tensor_type& bias = absent)
{
    return {{.axis = axis, .stash = x.element}, x, scale, bias};
}

/// Makes random rows, some of double. Scale and bias have any of the axes of x, from the last on.
constexpr layer_normalization_spec random_rows(int seed)
{
    test::dice roll(seed);
    layer_normalization_spec s;
    s.x.element = s.stash = roll.once_in(6) ? element::float64 : element::float32;
    for (dim rank = roll(1, 4); rank > 1; --rank) {
        s.x.shape.append(roll(1, 5));
    }
    s.x.shape.append(roll.within({{2, 8}, {9, 150}}));
    s.axis = static_cast<int>(roll(0, s.x.shape.rank - 1));
    s.center = !roll.once_in(4);
    const auto broadcasting = [&] {
        tensor_type t{s.x.element, s.x.shape};
        for (int axis = 0; axis < t.shape.rank; ++axis) {
            if (roll.once_in(2)) {
                t.shape[axis] = 1;
            }
        }
        return t;
    };
    s.scale = broadcasting();
    if (!roll.once_in(3)) {
        s.bias = broadcasting();
    }
    return s;
}

struct normalized_image {
    layer_normalization_spec spec{};
    tensor_type y{};
};

constexpr normalized_image random_planes(int seed)
{
    test::dice roll(seed);
    shape x{roll(1, 2), roll(1, 50)};
    for (dim rank = roll(3, 4); rank > 2; --rank) {
        x.append(roll(2, 9));
    }
    tensor_type per_channel{element::float32, {x[1]}};
    for (int axis = 2; axis < x.rank; ++axis) {
        per_channel.shape.append(1);
    }
    const tensor_type image{element::float32, x};
    const layer_normalization_spec s =
        over(2, image.blocked(test::random_halo(roll, x.rank)), per_channel, roll.once_in(3) ? absent : per_channel);
    return {s, image.blocked(test::random_halo(roll, x.rank))};
}

}  // namespace

TEST_CASE("rows")
{
    CHECK(error<over(2, f32<1, 6, 256>, f32<256>, f32<256>)>() < tolerance);
    CHECK(error<over(1, f32<3, 5>, f32<5>)>() < tolerance);
    CHECK(error<over(1, f32<3, 37>, f32<1>, f32<37>)>() < tolerance);
    CHECK(error<over(1, f32<2, 4, 33>, f32<4, 33>, f32<33>)>() < tolerance);
}

TEST_CASE("groups of channels")
{
    CHECK(error<over(2, f32<2, 3, 5, 7>, f32<3, 1, 1>, f32<3, 1, 1>)>() < tolerance);
    CHECK(error<over(2, f32<2, 3, 4, 5, 7>, f32<3, 4, 1, 1>, f32<3, 4, 1, 1>)>() < tolerance);
}

TEST_CASE("rows whose mean is large beside their deviation")
{
    constexpr layer_normalization_spec spec = over(1, f32<1, 300>, f32<1>);
    std::array<float, 300> x, y{};
    for (std::size_t i = 0; i < x.size(); ++i) {
        x[i] = 4096 + static_cast<float>(i % 2);
    }
    const std::array<float, 1> scale{1};
    kernel<spec, f32<1, 300>>::run(std::span<const float>(x), std::span<const float>(scale), absent_span{},
        std::span<float>(y), absent_span{}, absent_span{});
    for (std::size_t i = 0; i < x.size(); ++i) {
        CHECK(y[i] == doctest::Approx(i % 2 ? 1 : -1).epsilon(1e-4));
    }
}

TEST_CASE("mean and deviation as results")
{
    constexpr layer_normalization_spec spec = over(1, f32<1, 4>, f32<1>);
    const std::array<float, 4> x{1, 2, 3, 4};
    const std::array<float, 1> scale{1};
    std::array<float, 4> y{};
    std::array<float, 1> mean{}, inverse_deviation{};
    kernel<spec, f32<1, 4>>::run(std::span<const float>(x), std::span<const float>(scale), absent_span{},
        std::span<float>(y), mean, inverse_deviation);
    CHECK(mean[0] == 2.5f);
    CHECK(inverse_deviation[0] == doctest::Approx(1 / std::sqrt(1.25 + 1e-5)));
}

TEST_CASE("random rows")
{
    test::for_each_seed<40>([]<int Seed> {
        constexpr layer_normalization_spec spec = random_rows(Seed);
        static_assert(check(spec) == layer_normalization_problem::none);
        CHECK(error<spec>() < tolerance);
        return true;
    });
}

TEST_CASE("random planes of blocks")
{
    test::for_each_seed<24>([]<int Seed> {
        constexpr normalized_image image = random_planes(Seed);
        static_assert(check(image.spec) == layer_normalization_problem::none);
        CHECK(error<image.spec, image.y>() < tolerance);
        return true;
    });
}
