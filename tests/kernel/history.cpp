// Holds the ring buffer of History against the definition, which copies its state, over many runs.
#include "kernel/compare.hpp"
#include "kernel/random_spec.hpp"
#include <cameo/kernel/history.hpp>

using namespace cameo;

namespace {

/// Runs with the past in a ring, and with the plain definition, whose state is copied. The windows must agree after
/// every run, and nothing else may change.
template <class T, tensor_type X, dim Kept, layout Ring>
bool agrees(int runs)
{
    static constexpr tensor_type x = X;
    constexpr auto row = [](dim columns) { return tensor_type{x.element, {x.shape[0], x.shape[1], columns}}; };
    constexpr history_spec plain{{}, x.plain(), row(Kept)};
    constexpr history_spec spec{{}, x, row(Kept).stored(ring_storage(plain, Ring))};
    static constexpr tensor_type y = result(plain)[0].stored(window_storage(spec, Ring));
    static_assert(!requires { kernel<spec, y>::plain_definition; });
    static_assert(spec.past.shape[2] < ring_columns(spec) && ring_columns(spec) % spec.fresh() == 0);

    test::buffer<T> ring(spec.past), samples(x);
    std::fill(ring.span().begin(), ring.span().end(), T(0));
    std::vector<T> past(index(plain.past.shape.count())), expected(index(y.shape.count())), found(expected.size()),
        next(past.size());
    std::mt19937 random(3);
    for (int run = 0; run < runs; ++run) {
        const std::vector<float> values = test::random_values(x.shape.count(), random);
        const std::vector<T> fresh(values.begin(), values.end());
        samples.set(fresh);
        const std::span<T> window(
            ring.data() + kernel<spec, y>::start(static_cast<std::uint64_t>(run)), index(stored_count(y)));
        if (window.data() < ring.data() || window.data() + window.size() > ring.data() + ring.span().size()) {
            return false;
        }
        kernel<spec, y>::run(
            std::span<const T>(samples.span()), std::span<const T>(ring.span()), window, absent_span{});
        evaluate<T>(plain, fresh, past, expected, next);
        past = next;
        rearrange<T>(y, window, y.plain(), found);
        if (found != expected) {
            return false;
        }
    }
    const auto is_untouched = [](T v) { return !detail::is_a_number(v); };
    return std::all_of(ring.memory.get(), ring.data(), is_untouched);
}

struct ring_case {
    tensor_type x{};
    dim kept = 1;
    layout ring = layout::row_major_padded;
};

constexpr ring_case random_case(int seed)
{
    test::dice roll(seed);
    ring_case c;
    c.ring = seed % 2 ? layout::row_major_padded : layout::blocked;
    c.x = {element::float32, {roll(1, 2), roll(1, 40), roll(1, 40)}};
    c.kept = roll(1, 100);
    if (c.ring == layout::blocked || seed % 3 == 0) {
        c.x = c.x.stored({c.ring, {0, roll(0, 2), 0, roll(0, 2)}});
    }
    return c;
}

}  // namespace

TEST_CASE("many more runs than the ring is long")
{
    CHECK(agrees<float, f32<1, 3, 1>, 2, layout::row_major_padded>(100));
    CHECK(agrees<float, f32<2, 20, 4>.blocked({0, 2, 0, 1}), 30, layout::blocked>(100));
    CHECK(agrees<double, f64<1, 5, 7>, 6, layout::row_major_padded>(50));
    CHECK(agrees<float, f32<1, 1, 64>, 1024, layout::row_major_padded>(60));
}

TEST_CASE("a ring holds the past and the new samples, whole runs of them")
{
    CHECK(ring_columns({{}, f32<1, 1, 64>, f32<1, 1, 2>}) == 128);
    CHECK(ring_columns({{}, f32<1, 1, 64>, f32<1, 1, 64>}) == 128);
    CHECK(ring_columns({{}, f32<1, 1, 64>, f32<1, 1, 65>}) == 192);
    CHECK(ring_columns({{}, f32<1, 1, 1>, f32<1, 1, 5>}) == 6);
}

TEST_CASE("random histories")
{
    test::for_each_seed<24>([]<int Seed> {
        constexpr ring_case c = random_case(Seed);
        CHECK(agrees<float, c.x, c.kept, c.ring>(12));
        return true;
    });
}
