// Shifts are total: ONNX defines shifts by negative numbers and by all bits or more.
#include <cameo/function/list.hpp>
#include <limits>

using namespace cameo;

constexpr functions::shift_left left;
constexpr functions::shift_right right;

template <class T>
constexpr bool total()
{
    constexpr T bits = 8 * sizeof(T), smallest = std::numeric_limits<T>::min(),
                sign = smallest < 0 ? static_cast<T>(-1) : T(0);
    return left(T(5), T(2)) == 20 && right(T(21), T(2)) == 5 && left(T(5), bits) == 0 && right(T(5), bits) == 0 &&
           right(smallest, bits) == sign && right(smallest, static_cast<T>(bits - 1)) == sign;
}
static_assert(total<std::int32_t>() && total<std::int64_t>() && total<std::uint8_t>() && total<std::int8_t>());

static_assert(right(-7, 1) == -4 && right(-7, -1) == -1 && right(7, -1) == 0 && left(-7, -1) == 0);
static_assert(
    left(std::int8_t{127}, std::int8_t{1}) == -2 && left(0x40000000, 1) == std::numeric_limits<std::int32_t>::min());
