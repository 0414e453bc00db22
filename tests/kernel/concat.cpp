#include "kernel/compare.hpp"
#include "kernel/random_spec.hpp"
#include <cameo/kernel/concat.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

struct layer_of_concat {
    concat_spec spec{};
    tensor_type y{};
};

/// Two to five blocked values, joined along channels, rows or columns.
constexpr layer_of_concat random_concat(int seed)
{
    test::dice roll(seed);
    tensor_type x{element::float32, {roll(1, 2), roll(1, 40)}};
    if (!roll.once_in(3)) x.shape.append(roll(1, 5));
    x.shape.append(roll(1, 9));
    concat_spec s;
    s.axis = static_cast<int>(roll(1, x.shape.rank - 1));
    const dim count = roll(2, 5);
    for (dim i = 0; i < count; ++i) {
        x.shape[s.axis] = s.axis == 1 && i + 1 < count ? roll(1, 3) * block : roll(1, 20);
        s.x.types[index(s.x.count++)] = x.blocked(test::random_halo(roll, x.shape.rank));
    }
    return {s, result(s).blocked(test::random_halo(roll, x.shape.rank))};
}

/// Does the result hold the operands' elements, zeros beyond its channels, and nothing in its halo?
template <concat_spec Spec, tensor_type Result>
bool agrees()
{
    static constexpr concat_spec spec = Spec;
    static constexpr tensor_type type = Result;
    std::mt19937 random(1);
    std::vector<test::buffer<float>> stored;
    std::vector<std::vector<float>> exact;
    for (int i = 0; i < spec.x.count; ++i) {
        exact.push_back(test::random_values(spec.x[i].shape.count(), random));
        stored.emplace_back(spec.x[i]).set(exact.back());
    }
    std::vector<std::span<const float>> from, plain(exact.begin(), exact.end());
    for (test::buffer<float>& x : stored) from.push_back(x.span());
    test::buffer<float> y(type);
    kernel<Spec, Result>::run(std::span<const std::span<const float>>(from), y.span());
    std::vector<float> expected(index(type.shape.count())), found(expected.size());
    evaluate(spec, std::span<const std::span<const float>>(plain), std::span<float>(expected));
    rearrange<float>(type, y.span(), type.plain(), found);
    return y.well_written() && found == expected;
}

}  // namespace

TEST_CASE("random concatenations of blocked values")
{
    test::for_each_seed<24>([]<int Seed> {
        constexpr layer_of_concat layer = random_concat(Seed);
        static_assert(check(layer.spec) == concat_problem::none);
        static_assert(!requires { kernel<layer.spec, layer.y>::plain_definition; });
        CHECK(agrees<layer.spec, layer.y>());
        return true;
    });
}
