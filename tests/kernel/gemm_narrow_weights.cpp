// Holds Gemm by weights that are stored in 16, 8 or 4 bits against Gemm by the same weights in float32: bit for bit.
#include "kernel/compare.hpp"
#include <cameo/kernel/gemm.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

/// How the weights of a layer are stored.
struct weights_type {
    element type = element::float32;
    weight_format format{};
    bool scaled = false, has_zero_point = false;
};

/// Returns the spec for such weights, all constants stored as the generator would store them.
template <dim M, dim K, dim N>
constexpr gemm_spec stored(const weights_type& w)
{
    gemm_spec s{{.transpose_b = true, .epilogue = relu(operand<0>), .weights = w.format}, f32<M, K>,
        {w.type, {N, w.format.stored_extent(K)}}, f32<N>};
    if (w.scaled) {
        s.scale = {element::float32, {N, w.format.blocks_of(K)}};
    }
    if (w.has_zero_point) {
        s.zero_point = {w.type, {N, w.format.blocks_of(K)}};
    }
    const layouts wanted = wanted_layouts(s, {.is_fixed = {false, true, true, true, true, true}});
    s.b = s.b.stored(wanted.operands[1]);
    s.c = s.c.stored(wanted.operands[2]);
    if (w.scaled) {
        s.scale = s.scale.stored(wanted.operands[4]);
    }
    if (w.has_zero_point) {
        s.zero_point = s.zero_point.stored(wanted.operands[5]);
    }
    return s;
}

template <class Stored>
struct constants {
    std::vector<Stored> weights;
    std::vector<float> addend, scale{};
    std::vector<Stored> zero_point{};
};

template <class T>
test::buffer<T> in_memory(const tensor_type& t, std::span<const T> values)
{
    test::buffer<T> memory(t);
    if (t.present()) {
        memory.set(values);
    }
    return memory;
}

template <weights_type Type, dim M, dim K, dim N, class Stored>
std::vector<float> product(const std::vector<float>& a, const constants<Stored>& x)
{
    static constexpr gemm_spec spec = stored<M, K, N>(Type);
    static_assert(check(spec) == gemm_problem::none);
    using fast = kernel<spec, f32<M, N>>;
    static_assert(!requires { fast::plain_definition; });
    auto of_a = in_memory<float>(spec.a, a), of_c = in_memory<float>(spec.c, x.addend),
         scale = in_memory<float>(spec.scale, x.scale);
    auto of_b = in_memory<Stored>(spec.b, x.weights), zero = in_memory<Stored>(spec.zero_point, x.zero_point);
    std::vector<float> y(index(M * N));
    fast::run(of_a.span(), of_b.span(), of_c.span(), {}, scale.span(), zero.span(), y);
    return y;
}

/// Tells whether two layers have the same results: to the bit, unless -ffast-math lets each add up in its own order.
bool same(const std::vector<float>& found, const std::vector<float>& expected)
{
#if defined(__FAST_MATH__)
    float largest = 0, difference = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        largest = std::max(largest, std::abs(expected[i]));
        difference = std::max(difference, std::abs(found[i] - expected[i]));
    }
    return difference <= 2e-6f * largest;
#else
    return found == expected;
#endif
}

template <class Narrow, dim M, dim K, dim N>
void check_floats()
{
    std::mt19937 random(1);
    const std::vector<float> a = test::random_values(M * K, random);
    constants<Narrow> narrow{{}, test::random_values(N, random)};
    for (const float w : test::random_values(N * K, random)) {
        narrow.weights.emplace_back(w);
    }
    narrow.weights[0] = Narrow(1e-7f);  // subnormal in float16
    const constants<float> wide{{narrow.weights.begin(), narrow.weights.end()}, narrow.addend};
    CHECK(
        same(product<weights_type{element_of<Narrow>}, M, K, N>(a, narrow), product<weights_type{}, M, K, N>(a, wide)));
}

template <weights_type Type, dim M, dim K, dim N>
void check_integers()
{
    using integer = element_type<Type.type>;
    std::mt19937 random(1);
    const std::vector<float> a = test::random_values(M * K, random);
    constexpr gemm_spec plain = stored<M, K, N>(Type);
    constants<integer> narrow{
        {}, test::random_values(N, random), test::random_values(plain.scale.shape.count(), random)};
    std::uniform_int_distribution<int> bytes(0, 255), fours(0, 15);
    for (dim i = 0; i < plain.b.shape.count(); ++i) {
        narrow.weights.push_back(static_cast<integer>(bytes(random)));
    }
    for (dim i = 0; Type.has_zero_point && i < plain.scale.shape.count(); ++i) {
        const int four = Type.format.packed == element::int4 ? fours(random) - 8 : fours(random);
        narrow.zero_point.push_back(static_cast<integer>(Type.format.packs() ? four : bytes(random)));
    }
    constants<float> wide{{}, narrow.addend};
    for (dim j = 0; j < N; ++j) {
        for (dim k = 0; k < K; ++k) {
            wide.weights.push_back(detail::weight<float>(plain, std::span<const integer>(narrow.weights),
                std::span<const float>(narrow.scale), std::span<const integer>(narrow.zero_point), j, k));
        }
    }
    CHECK(same(product<Type, M, K, N>(a, narrow), product<weights_type{}, M, K, N>(a, wide)));
}

template <class Narrow>
void check_floats_of_shapes()
{
    check_floats<Narrow, 1, 40, 64>();
    check_floats<Narrow, 1, 7, 10>();
    check_floats<Narrow, 1, 300, 37>();
    check_floats<Narrow, 3, 33, 20>();
    check_floats<Narrow, 9, 64, 100>();
}

template <weights_type Type>
void check_integers_of_shapes()
{
    check_integers<Type, 1, 40, 64>();
    check_integers<Type, 1, 33, 10>();
    check_integers<Type, 1, 96, 37>();
    check_integers<Type, 3, 31, 20>();
    check_integers<Type, 9, 64, 100>();
}

}  // namespace

TEST_CASE("weights of bfloat16") { check_floats_of_shapes<bfloat16>(); }

TEST_CASE("weights of float16") { check_floats_of_shapes<float16>(); }

TEST_CASE("weights of 8 bits, a scale of each output")
{
    check_integers_of_shapes<weights_type{element::int8, {}, true}>();
    check_integers_of_shapes<weights_type{element::int8, {}, true, true}>();
    check_integers_of_shapes<weights_type{element::uint8, {}, true, true}>();
}

TEST_CASE("weights of 8 bits, a scale of each block")
{
    check_integers_of_shapes<weights_type{element::int8, {.block_size = 32}, true}>();
    check_integers_of_shapes<weights_type{element::uint8, {.block_size = 16}, true, true}>();
}

TEST_CASE("weights of 4 bits")
{
    check_integers_of_shapes<weights_type{element::int8, {.packed = element::int4}, true}>();
    check_integers_of_shapes<weights_type{element::int8, {.block_size = 32, .packed = element::int4}, true, true}>();
    check_integers_of_shapes<weights_type{element::uint8, {.block_size = 16, .packed = element::uint4}, true, true}>();
}
