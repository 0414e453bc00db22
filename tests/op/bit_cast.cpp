// BitCast: bits stay, between types of equally many.
#include <cameo/op/bit_cast.hpp>

namespace cameo {
namespace {

template <class R, class T>
constexpr R read_as(T v)
{
    R y{};
    evaluate(bit_cast_spec{{element_of<R>}, {element_of<T>, {1}}}, std::span<const T>(&v, 1), std::span<R>(&y, 1));
    return y;
}

static_assert(read_as<std::int32_t>(-0.0f) == std::numeric_limits<std::int32_t>::min());
static_assert(read_as<double>(std::int64_t{0x3ff0000000000000}) == 1);
static_assert(read_as<std::uint8_t>(std::int8_t{-1}) == 255 && read_as<std::uint8_t>(true) == 1);
static_assert(read_as<bool>(std::uint8_t{2}) && !read_as<bool>(std::uint8_t{0}));
static_assert(static_cast<float>(read_as<float16>(std::int16_t{-0x4400})) == -1);
static_assert(read_as<uint4>(int4(-1)) == 15 && read_as<float4e2m1>(int4(-1)).bits() == 15);
static_assert(read_as<std::uint8_t>(float8e8m0::from_bits(127)) == 127);

static_assert(result(bit_cast_spec{{element::int64}, f64<2, 3>}) == i64<2, 3>);
static_assert(check(bit_cast_spec{{element::int64}, f32<2>}) == bit_cast_problem::types_must_have_equally_many_bits);
static_assert(
    check(bit_cast_spec{{element::int2}, {element::int4, {2}}}) == bit_cast_problem::types_must_have_equally_many_bits);

}  // namespace
}  // namespace cameo
