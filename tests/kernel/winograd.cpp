// Holds Winograd's convolution, fast path and definition, against a direct convolution in double.
#include "kernel/compare.hpp"
#include "kernel/random_spec.hpp"
#include <cameo/kernel/winograd.hpp>
#include <cameo/op/conv.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

struct halos {
    halo residual{}, y{};
};

template <class T>
test::buffer<T> stored(const tensor_type& t, const std::vector<double>& values)
{
    test::buffer<T> b(t);
    if (t.present()) {
        b.set(std::vector<T>(values.begin(), values.end()));
    }
    return b;
}

std::vector<double> random_doubles(const tensor_type& t, std::mt19937& random, double scale = 1)
{
    const std::vector<float> values = test::random_values(t.present() ? t.shape.count() : 0, random);
    std::vector<double> scaled;
    for (const float v : values) {
        scaled.push_back(static_cast<double>(static_cast<float>(scale) * v));
    }
    return scaled;
}

/// Returns the largest errors of the fast path and of the definition against a convolution in double, divided by the
/// largest result.
template <winograd_spec Shapes, halos Around>
std::pair<double, double> errors()
{
    static constexpr winograd_spec shapes = Shapes;
    static constexpr halos around = Around;
    static_assert(check(shapes) == winograd_problem::none);
    constexpr tensor_type y = result(shapes)[0].blocked(around.y), x = shapes.x.blocked(needed_halo(shapes)),
                          w = shapes.w.stored({layout::filter_blocked});
    constexpr tensor_type b = shapes.b.present() ? shapes.b.blocked() : absent;
    constexpr tensor_type residual = shapes.residual.present() ? shapes.residual.blocked(around.residual) : absent;
    constexpr winograd_spec spec{shapes, x, w, b, residual};
    static_assert(!requires { kernel<spec, y>::plain_definition; });

    const conv_spec direct{{.window = shapes.window, .group = shapes.group, .epilogue = shapes.epilogue}, shapes.x,
        {element::float32, {shapes.filters, shapes.channels(), shapes.taps, shapes.taps}}, shapes.b, shapes.residual};
    std::mt19937 random(1);
    const auto inputs = random_doubles(x, random),
               filters = random_doubles(direct.w, random, test::weights(direct.w).magnitude);
    const auto biases = random_doubles(b, random), added = random_doubles(residual, random);
    std::vector<double> expected(index(y.shape.count())), defined(expected.size()), transformed(index(w.shape.count())),
        memory(index(result(shapes)[1].shape.count()));
    using numbers = std::span<const double>;
    evaluate(direct, numbers(inputs), numbers(filters), numbers(biases), numbers(added), std::span<double>(expected));
    transform_filters(shapes, numbers(filters), std::span<double>(transformed));
    evaluate(shapes, numbers(inputs), numbers(transformed), numbers(biases), numbers(added), std::span<double>(defined),
        std::span<double>(memory));

    test::buffer<float> to(y), scratch(result(shapes)[1]);
    kernel<spec, y>::run(stored<float>(x, inputs).span(), stored<float>(w, transformed).span(),
        stored<float>(b, biases).span(), stored<float>(residual, added).span(), to.span(), scratch.span());
    if (!to.well_written()) {
        return {std::numeric_limits<double>::max(), std::numeric_limits<double>::max()};
    }
    std::vector<float> found(expected.size());
    rearrange<float>(y, to.span(), y.plain(), found);
    double error = 0, error_of_definition = 0, largest = 1e-30;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        error = std::max(error, std::abs(static_cast<double>(found[i]) - expected[i]));
        error_of_definition = std::max(error_of_definition, std::abs(defined[i] - expected[i]));
        largest = std::max(largest, std::abs(expected[i]));
    }
    return {error / largest, error_of_definition / largest};
}

constexpr winograd_spec random_winograd(int seed)
{
    test::dice roll(seed);
    for (;;) {
        winograd_spec s;
        s.taps = roll.pick(3, 3, 5, 2);
        const dim stride = roll.pick(1, 1, 1, 2);
        s.window = {
            .strides = {stride, stride}, .pads_begin = {roll(0, 2), roll(0, 2)}, .pads_end = {roll(0, 2), roll(0, 2)}};
        s.tile = roll(4, 8) - s.phase_taps() + 1;
        if (roll.once_in(4)) {
            s.group = roll(2, 3);
        }
        s.filters = s.group > 1 ? s.group * block * roll(1, 2) : roll(1, 70);
        s.chunk = roll(1, 12);
        s.x = {element::float32,
            {roll(1, 2), s.group > 1 ? s.group * block * roll(1, 2) : roll(1, 50), roll(1, 15), roll(1, 15)}};
        s.w = {element::float32, {s.points() * s.padded_filters(), s.padded_channels()}};
        if (!roll.once_in(3)) {
            s.b = {element::float32, {s.filters}};
        }
        if (check(s) != winograd_problem::none) {
            continue;
        }
        if (roll.once_in(3)) {
            s.residual = result(s)[0];
        }
        s.epilogue = test::random_epilogue(roll, s.residual.present());
        return s;
    }
}

constexpr halos random_halos(int seed)
{
    test::dice roll(1000 + seed);
    return {test::random_halo(roll), test::random_halo(roll)};
}

}  // namespace

TEST_CASE("random convolutions by tiles of Winograd")
{
    test::for_each_seed<16>([]<int Seed> {
        constexpr winograd_spec shapes = random_winograd(Seed);
        constexpr halos around = random_halos(Seed);
        const auto [error, error_of_definition] = errors<shapes, around>();
        CHECK(error < 2e-5);
        CHECK(error_of_definition < 1e-13);
        return true;
    });
}
