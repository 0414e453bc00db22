// Division and remainder of integers are total: the generator folds constants of any file, and networks must not trap.
#include <cameo/function/list.hpp>
#include <limits>

using namespace cameo;

template <class T>
constexpr bool total()
{
    constexpr T smallest = std::numeric_limits<T>::min(), minus_one = static_cast<T>(-1);
    constexpr functions::div div;
    constexpr functions::mod mod;
    constexpr functions::fmod fmod;
    return div(T(7), T(0)) == 0 && mod(T(7), T(0)) == 0 && fmod(T(7), T(0)) == 0 &&
           div(smallest, minus_one) == smallest && mod(smallest, minus_one) == 0 && fmod(smallest, minus_one) == 0 &&
           div(T(7), T(2)) == 3;
}
static_assert(total<std::int32_t>() && total<std::int64_t>() && total<std::uint8_t>());

static_assert(functions::div{}(-7, 2) == -3 && functions::div{}(7, -1) == -7);
static_assert(functions::mod{}(-7, 2) == 1 && functions::mod{}(7, -2) == -1 && functions::mod{}(-7, -1) == 0);
static_assert(functions::fmod{}(-7, 2) == -1 && functions::fmod{}(7, -2) == 1);
