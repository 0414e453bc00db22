// Holds the fast paths of quantized layers against their definitions, which they must match exactly.
#include "kernel/compare.hpp"
#include "kernel/random_spec.hpp"
#include <cameo/kernel/lookup.hpp>
#include <cameo/kernel/max_pool.hpp>
#include <cameo/kernel/quantized_average_pool.hpp>
#include <cameo/kernel/quantized_conv.hpp>
#include <cameo/kernel/quantized_elementwise.hpp>

using namespace cameo;

namespace {

/// An operand: its type and its elements in row-major order.
template <class T>
struct given {
    tensor_type type;
    std::vector<T> values;
};

/// Draws integers over the whole range of bytes, or up to 10 000.
template <class T>
given<T> random_numbers(const tensor_type& t, std::mt19937& random)
{
    given<T> g{t, {}};
    const int low = sizeof(T) == 1 ? std::numeric_limits<T>::min() : -10'000,
              high = sizeof(T) == 1 ? std::numeric_limits<T>::max() : 10'000;
    std::uniform_int_distribution<int> any(low, high);
    if (t.present()) {
        for (dim i = 0; i < t.shape.count(); ++i) {
            g.values.push_back(static_cast<T>(any(random)));
        }
    }
    return g;
}

template <class T>
test::buffer<T> stored(const given<T>& g)
{
    test::buffer<T> b(g.type);
    if (g.type.present()) {
        b.set(g.values);
    }
    return b;
}

/// Tells whether the kernel writes what evaluate() gives.
template <auto Spec, tensor_type Y>
bool agrees(auto evaluate_into, auto run_into)
{
    static constexpr tensor_type y = Y;
    static_assert(!requires { kernel<Spec, Y>::plain_definition; });
    using R = element_type<Y.element>;
    std::vector<R> expected(index(y.shape.count())), found(expected.size());
    evaluate_into(std::span<R>(expected));
    test::buffer<R> out(y);
    run_into(out.span());
    rearrange<R>(y, std::span<const R>(out.span()), y.plain(), std::span<R>(found));
    return expected == found && out.well_written();
}

struct halos {
    halo x{}, residual{}, y{};
};

constexpr halo widened(const halo& needed, const halo& by)
{
    const auto side = [](dim a, dim b) { return std::max<dim>(a, 0) + b; };
    return {side(needed.top, by.top), side(needed.left, by.left), side(needed.bottom, by.bottom),
        side(needed.right, by.right)};
}

/// Returns the spec, stored as the generator would store it.
constexpr quantized_conv_spec stored_spec(const quantized_conv_spec& shapes, const halos& around)
{
    quantized_conv_spec s = shapes;
    s.x = s.x.blocked(widened(needed_halo(shapes), around.x), shapes.padding);
    s.w = s.w.stored({filter_layout(choose_method(shapes))});
    s.scale = s.scale.blocked();
    if (s.b.present()) {
        s.b = s.b.blocked();
    }
    if (s.rest.present()) {
        s.rest = s.rest.blocked();
    }
    if (s.residual.present()) {
        s.residual = s.residual.blocked(around.residual);
    }
    return s;
}

template <quantized_conv_spec Shapes, halos Around = halos{}>
bool convolves()
{
    static constexpr quantized_conv_spec shapes = Shapes, spec = stored_spec(Shapes, Around);
    static_assert(check(shapes) == quantized_conv_problem::none);
    constexpr tensor_type y = result(Shapes).blocked(Around.y, 7);
    std::mt19937 random(1);
    const auto x = random_numbers<std::uint8_t>(spec.x, random),
               residual = random_numbers<std::uint8_t>(spec.residual, random);
    const auto w = random_numbers<std::int8_t>(spec.w, random);
    const auto b = random_numbers<std::int32_t>(spec.b, random);
    given<float> scale{spec.scale, {}}, rest{spec.rest, {}};
    const float spread = 1 / (80 * std::sqrt(static_cast<float>(spec.w.shape.count(1, spec.w.shape.rank))));
    for (dim m = 0; m < spec.w.shape[0]; ++m) {
        scale.values.push_back(spread * static_cast<float>(m % 7 + 1) / 3);
    }
    for (dim m = 0; m < spec.rest.shape[0]; ++m) {
        rest.values.push_back(static_cast<float>(m % 5) / 3 - 0.7f);
    }
    return agrees<spec, y>(
        [&](auto to) {
            evaluate(shapes, x.values, w.values, scale.values, b.values, residual.values, rest.values, to);
        },
        [&](auto to) {
            kernel<spec, y>::run(stored(x).span(), stored(w).span(), stored(scale).span(), stored(b).span(),
                stored(residual).span(), stored(rest).span(), to);
        });
}

/// Chooses an epilogue: activations, rounding to a zero point, and a residual that is added to the value that would
/// have been stored.
constexpr elementwise_expression random_expression(test::dice& roll, bool residual)
{
    const elementwise_expression stored = add(cameo::round(operand<0>), 100);
    if (residual) {
        return add(
            cameo::round(mul(relu(add(mul(sub(clip(stored, 0, 255), 100), 0.7), mul(sub(operand<1>, 30), 0.3))), 1.3)),
            3);
    }
    return roll.pick(operand<0>, stored, add(cameo::round(relu(operand<0>)), 17), mul(clip(operand<0>, 0, 60), 4.2));
}

constexpr quantized_conv_spec with_operands(quantized_conv_spec s, test::dice& roll)
{
    const shape per_filter{s.w.shape[0]};
    s.scale = {element::float32, per_filter};
    if (!roll.once_in(4)) {
        s.b = {element::int32, per_filter};
    }
    if (roll.once_in(3)) {
        s.rest = {element::float32, per_filter};
    }
    s.padding = roll(0, 255);
    s.to = roll.once_in(4) ? element::float32 : element::uint8;
    if (check(s) == quantized_conv_problem::none && roll.once_in(3)) {
        s.residual = {element::uint8, result(s).shape};
    }
    s.epilogue = random_expression(roll, s.residual.present());
    return s;
}

constexpr quantized_conv_spec random_conv(int seed)
{
    test::dice roll(seed);
    for (;;) {
        quantized_conv_spec s;
        dim channels = roll(1, 50), filters = roll(1, 70);
        if (seed % 3 == 1) {
            s.group = channels = filters = roll(2, 40);
        }
        if (seed % 6 == 2) {
            s.group = roll(2, 3);
            channels = s.group * roll.pick(16, 32);
            filters = s.group * roll.pick(16, 48);
        }
        s.x = {element::uint8, {roll(1, 2), channels}};
        s.w = {element::int8, {filters, channels / s.group}};
        test::append_axes(s, roll);
        s = with_operands(s, roll);
        if (check(s) == quantized_conv_problem::none) {
            return s;
        }
    }
}

constexpr quantized_conv_spec random_dense(int seed)
{
    test::dice roll(seed);
    quantized_conv_spec s;
    s.x = {element::uint8, {roll.pick(1, 2, 7, 20), roll(1, 70)}};
    s.w = {element::int8, {roll(1, 70), s.x.shape[1]}};
    return with_operands(s, roll);
}

constexpr halos random_halos(int seed, int rank)
{
    test::dice roll(1000 + seed);
    return {test::random_halo(roll, rank), test::random_halo(roll, rank), test::random_halo(roll, rank)};
}

template <class T, quantized_elementwise_spec Spec, tensor_type Y>
bool computes()
{
    static constexpr quantized_elementwise_spec spec = Spec;
    std::mt19937 random(2);
    std::vector<given<T>> x;
    for (int i = 0; i < spec.x.count; ++i) {
        x.push_back(random_numbers<T>(spec.x[i], random));
        if constexpr (std::is_same_v<T, float>) {
            for (T& v : x.back().values) {
                v /= 37;
            }
            constexpr auto special = detail::finite_only ? std::array{1e12f, -1e12f, 1e11f, -1e11f, 0.0f}
                                                         : std::array{NAN, -HUGE_VALF, HUGE_VALF, 1e12f, -1e12f};
            std::copy(special.begin(), special.end(), x.back().values.begin());
        }
    }
    std::vector<test::buffer<T>> buffers;
    std::vector<std::span<const T>> plain, in;
    for (const auto& g : x) {
        plain.push_back(g.values), buffers.push_back(stored(g));
    }
    for (auto& b : buffers) {
        in.push_back(b.span());
    }
    quantized_elementwise_spec shapes = spec;
    for (int i = 0; i < spec.x.count; ++i) {
        shapes.x.types[index(i)] = spec.x[i].plain();
    }
    return agrees<spec, Y>([&](auto to) { evaluate(shapes, std::span<const std::span<const T>>(plain), to); },
        [&](auto to) { kernel<spec, Y>::run(std::span<const std::span<const T>>(in), to); });
}

constexpr elementwise_expression sum_of_scaled =
    add(cameo::round(mul(relu(add(mul(sub(operand<0>, 12), 0.31), mul(sub(operand<1>, 200), 0.17))), 2.3)), 5);

template <auto Spec, tensor_type Y>
bool pools()
{
    static constexpr auto spec = Spec;
    std::mt19937 random(3);
    const auto x = random_numbers<std::uint8_t>(spec.x, random);
    auto shapes = spec;
    shapes.x = shapes.x.plain();
    return agrees<Spec, Y>(
        [&](auto to) {
            if constexpr (result_count<std::remove_const_t<decltype(Spec)>> == 2) {
                evaluate<std::uint8_t>(shapes, x.values, to, {});
            } else {
                evaluate(shapes, x.values, to);
            }
        },
        [&](auto to) {
            if constexpr (result_count<std::remove_const_t<decltype(Spec)>> == 2) {
                kernel<Spec, Y>::run(stored(x).span(), to, absent_span{});
            } else {
                kernel<Spec, Y>::run(stored(x).span(), to);
            }
        });
}

}  // namespace

TEST_CASE("quantized convolutions")
{
    constexpr window three{.pads_begin = {1, 1}, .pads_end = {1, 1}};
    CHECK(convolves<quantized_conv_spec{
            {.window = three, .padding = 128}, u8<1, 64, 14, 14>, i8<64, 64, 3, 3>, f32<64>, i32<64>}>());
    CHECK(convolves<quantized_conv_spec{
            {.window = {.strides = {2, 2}, .pads_begin = {3, 3}, .pads_end = {3, 3}}, .padding = 99}, u8<1, 3, 17, 17>,
            i8<16, 3, 7, 7>, f32<16>}>());
    CHECK(convolves<quantized_conv_spec{
                        {.window = three, .group = 40, .padding = 3}, u8<2, 40, 14, 9>, i8<40, 1, 3, 3>, f32<40>},
        halos{{}, {}, {1, 2, 1, 0}}>());
}

TEST_CASE("the largest sums")
{
    // 255 times -128 in every product: instructions that saturate give other numbers.
    static constexpr quantized_conv_spec shapes{
        {.epilogue = mul(operand<0>, -1e-5), .to = element::float32}, u8<1, 64, 1, 9>, i8<16, 64, 1, 1>, f32<16>};
    static constexpr quantized_conv_spec spec = stored_spec(shapes, {});
    constexpr tensor_type y = result(shapes).blocked();
    const given<std::uint8_t> x{spec.x, std::vector<std::uint8_t>(64 * 9, 255)};
    const given<std::int8_t> w{spec.w, std::vector<std::int8_t>(16 * 64, -128)};
    const given<float> scale{spec.scale, std::vector<float>(16, 1)};
    CHECK(agrees<spec, y>([&](auto to) { evaluate(shapes, x.values, w.values, scale.values, {}, {}, {}, to); },
        [&](auto to) {
            kernel<spec, y>::run(stored(x).span(), stored(w).span(), stored(scale).span(), {}, {}, {}, to);
        }));
}

TEST_CASE("random quantized convolutions")
{
    test::for_each_seed<30>([]<int Seed> {
        constexpr quantized_conv_spec shapes = random_conv(Seed);
        if constexpr (choose_method(shapes) == quantized_conv_method::plain) {
            return false;
        } else {
            CHECK(convolves<shapes, random_halos(Seed, shapes.x.shape.rank)>());
            return true;
        }
    });
}

TEST_CASE("random quantized dense layers")
{
    test::for_each_seed<12>([]<int Seed> {
        CHECK(convolves<random_dense(Seed)>());
        return true;
    });
}

TEST_CASE("programs on bytes")
{
    using enum element;
    CHECK(computes<std::uint8_t,
        quantized_elementwise_spec{
            {sum_of_scaled, uint8}, {u8<1, 20, 5, 7>.blocked({1, 1, 1, 1}, 9), u8<1, 20, 5, 7>.blocked()}},
        u8<1, 20, 5, 7>.blocked({0, 2, 0, 1})>());
    CHECK(computes<std::uint8_t,
        quantized_elementwise_spec{{sum_of_scaled, float32}, {u8<2, 20, 5, 7>.blocked(), u8<2, 20, 1, 1>.blocked()}},
        f32<2, 20, 5, 7>.blocked()>());
    CHECK(computes<std::uint8_t, quantized_elementwise_spec{{sum_of_scaled, uint8}, {u8<3, 77>, u8<77>}}, u8<3, 77>>());
    CHECK(computes<std::int8_t, quantized_elementwise_spec{{mul(sub(operand<0>, -3), 0.21), float32}, {i8<3, 77>}},
        f32<3, 77>>());
    CHECK(computes<float,
        quantized_elementwise_spec{{add(cameo::round(cameo::div(operand<0>, 0.77)), -3), int8}, {f32<3, 77>}},
        i8<3, 77>>());
    CHECK(computes<float,
        quantized_elementwise_spec{{add(cameo::round(cameo::div(operand<0>, 1.37)), 117), uint8}, {f32<1, 3, 9, 9>}},
        u8<1, 3, 9, 9>>());
}

TEST_CASE("pools of bytes")
{
    constexpr window three{.kernel_shape = {3, 3}, .strides = {2, 2}, .pads_begin = {1, 1}, .pads_end = {1, 1}};
    CHECK(pools<max_pool_spec{{.window = three}, u8<1, 20, 9, 11>.blocked({1, 1, 1, 1}, 200)},
        u8<1, 20, 5, 6>.blocked()>());
    CHECK(pools<
        quantized_average_pool_spec{
            {.pool = {.window = three}, .zero_point = 40, .scale = 0.9, .epilogue = add(cameo::round(operand<0>), 11)},
            u8<1, 20, 9, 11>.blocked()},
        u8<1, 20, 5, 6>.blocked()>());
    CHECK(pools<quantized_average_pool_spec{{.pool = {.window = three, .count_include_pad = true},
                                                .zero_point = 40,
                                                .scale = 0.9,
                                                .to = element::float32},
                    u8<1, 20, 9, 11>.blocked()},
        f32<1, 20, 5, 6>.blocked()>());
    constexpr window two{.kernel_shape = {2, 4}};
    CHECK(pools<quantized_average_pool_spec{{.pool = {.window = two, .order = tap_order::by_columns},
                                                .zero_point = 3,
                                                .scale = 0.3,
                                                .to = element::float32},
                    u8<2, 20, 9, 11>.blocked()},
        f32<2, 20, 8, 8>.blocked()>());
    constexpr window all{.kernel_shape = {3, 6}};
    CHECK(pools<quantized_average_pool_spec{{.pool = {.window = all, .order = tap_order::by_fours},
                                                .zero_point = 3,
                                                .scale = 0.3,
                                                .to = element::float32},
                    u8<1, 40, 3, 6>.blocked({1, 1, 1, 1}, 3)},
        f32<1, 40, 1, 1>.blocked()>());
}

TEST_CASE("tables")
{
    std::mt19937 random(4);
    static constexpr lookup_spec plain{{}, u8<1, 2, 3, 5, 7>, u8<256>};
    static constexpr lookup_spec spec{{}, u8<2, 20, 5, 7>.blocked({0, 1, 0, 0}), u8<256>};
    const auto x = random_numbers<std::uint8_t>(spec.x, random),
               table = random_numbers<std::uint8_t>(spec.table, random);
    const auto numbers = random_numbers<std::uint8_t>(plain.x, random);
    CHECK(agrees<plain, plain.x>([&](auto to) { evaluate<std::uint8_t>(plain, numbers.values, table.values, to); },
        [&](auto to) { kernel<plain, plain.x>::run(numbers.values, table.values, to); }));
    CHECK(agrees<spec, u8<2, 20, 5, 7>.blocked({1, 1, 1, 1})>(
        [&](auto to) { evaluate<std::uint8_t>(spec, x.values, table.values, to); },
        [&](auto to) {
            kernel<spec, u8<2, 20, 5, 7>.blocked({1, 1, 1, 1})>::run(stored(x).span(), table.values, to);
        }));
}
