// Moves values between all pairs of plain, padded and blocked storage, and checks every element, padding and halo.
#include "kernel/compare.hpp"
#include "kernel/random_spec.hpp"
#include <cameo/kernel/reorder.hpp>

using namespace cameo;

namespace {

/// Moves numbered elements from one storage to the other. Each must arrive, channels that pad a block must be zero, and
/// the halo must stay as it was.
template <class T, tensor_type From, tensor_type To>
bool moves()
{
    constexpr reorder_spec spec{{}, From};
    static constexpr tensor_type from = From, to = To;
    static_assert(!requires { kernel<spec, To>::plain_definition; });
    constexpr T untouched = 99, unused = 77;
    test::buffer<T> x(from), y(to);
    std::fill(x.span().begin(), x.span().end(), unused);
    std::fill(y.span().begin(), y.span().end(), untouched);
    std::vector<T> numbers(index(from.shape.count())), found(numbers.size());
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        numbers[i] = static_cast<T>(1 + i % 60);
    }
    rearrange<T>(from.plain(), numbers, from, x.span());
    kernel<spec, To>::run(std::span<const T>(x.span()), y.span());
    rearrange<T>(to, y.span(), to.plain(), found);
    const std::vector<test::place> places = test::places_of(to);
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (places[i] == test::place::halo && y.span()[i] != untouched) {
            return false;
        }
        if (places[i] == test::place::padding && y.span()[i] != 0) {
            return false;
        }
    }
    return found == numbers;
}

/// A move from any layout to any other, or to another halo.
struct move {
    tensor_type from{}, to{};
};

constexpr move random_move(int seed)
{
    test::dice roll(seed);
    const layout all[]{layout::plain, layout::row_major_padded, layout::blocked};
    tensor_type x = f32<>;
    for (dim rank = seed < 9 ? 4 : roll(1, 4); rank > 0; --rank) {
        x.shape.append(roll(1, x.shape.rank == 1 ? 40 : 6));
    }
    const auto stored = [&](layout a) {
        return x.stored({a, a == layout::plain ? halo{} : random_halo(roll, x.shape.rank)});
    };
    const tensor_type from = stored(all[seed % 3]);
    return {from, stored(all[seed / 3 % 3])};
}

}  // namespace

TEST_CASE("between plain and blocked")
{
    CHECK(moves<float, f32<2, 20, 3, 5>, f32<2, 20, 3, 5>.blocked({1, 2, 0, 1})>());
    CHECK(moves<float, f32<2, 20, 3, 5>.blocked({1, 2, 0, 1}), f32<2, 20, 3, 5>>());
    CHECK(moves<std::uint8_t, u8<1, 17, 6>, u8<1, 17, 6>.blocked({0, 1, 0, 3})>());
    CHECK(moves<std::int64_t, i64<3, 33>.blocked(), i64<3, 33>>());
    CHECK(moves<float, f32<35>, f32<35>.blocked()>());
}

TEST_CASE("random reorders")
{
    test::for_each_seed<45>([]<int Seed> {
        constexpr move m = random_move(Seed);
        if constexpr (m.from.storage == m.to.storage) {
            return false;
        } else {
            CHECK(moves<float, m.from, m.to>());
            return true;
        }
    });
}
