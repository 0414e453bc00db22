// Holds the functions that constant expressions use against those of <cmath>.
#include <array>
#include <cameo/function/mathematics.hpp>
#include <doctest/doctest.h>
#include <random>
#include <vector>

using namespace cameo;

namespace {

/// Measures the difference in units in the last place of the double nearest to `wanted`; infinite if only one is NaN,
/// infinite or of another sign.
double units_between(double found, long double wanted)
{
    const auto rounded = static_cast<double>(wanted);
    if (std::isnan(rounded) || std::isinf(rounded) || rounded == 0) {
        const bool same =
            std::isnan(rounded) ? std::isnan(found) : found == rounded && std::signbit(found) == std::signbit(rounded);
        return same ? 0 : std::numeric_limits<double>::infinity();
    }
    int exponent = 0;
    std::frexp(rounded, &exponent);
    return static_cast<double>(
        std::abs(static_cast<long double>(found) - wanted) / std::ldexp(1.0L, std::max(exponent - 53, -1074)));
}

std::vector<double> arguments()
{
    std::vector<double> all{0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 3, -3, 6, INFINITY, -INFINITY, NAN, 5e-324,
        -5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, -1.7976931348623157e308, 1e-20, 710.4, -745.1, 709.78,
        1e16, 1e22, 4503599627370495.5, 1.5707963267948966, 6381956970095103.0 * 0x1p797};
    std::mt19937_64 random(1);
    std::uniform_real_distribution<double> unit(-1, 1), wide(-30, 30), widest(-750, 750);
    for (int k = 0; k < 4000; ++k) {
        for (const double x : {unit(random), wide(random), widest(random), 1 + unit(random) * 1e-3}) {
            all.push_back(x);
        }
        all.push_back(std::ldexp(unit(random), static_cast<int>(random() % 2098) - 1074));
    }
    return all;
}

/// A long double has more digits than a double, or the reference may itself be a unit beside the exact value.
constexpr double limit = std::numeric_limits<long double>::digits > 53 ? 0.51 : 1.5, subnormal_limit = limit + 0.5;

struct compared_function {
    const char* name;
    double (*found)(double);
    long double (*wanted)(long double);
};
const compared_function compared[] = {{"exp", exact::exp, std::exp}, {"expm1", exact::expm1, std::expm1},
    {"log", exact::log, std::log}, {"log1p", exact::log1p, std::log1p}, {"sqrt", exact::sqrt, std::sqrt},
    {"tanh", exact::tanh, std::tanh}, {"sinh", exact::sinh, std::sinh}, {"cosh", exact::cosh, std::cosh},
    {"asinh", exact::asinh, std::asinh}, {"acosh", exact::acosh, std::acosh}, {"atanh", exact::atanh, std::atanh},
    {"sin", exact::sin, std::sin}, {"cos", exact::cos, std::cos}, {"tan", exact::tan, std::tan},
    {"asin", exact::asin, std::asin}, {"acos", exact::acos, std::acos}, {"atan", exact::atan, std::atan},
    {"erf", exact::erf, std::erf}, {"erfc", exact::erfc, std::erfc}, {"nearbyint", exact::nearbyint, std::nearbyint},
    {"floor", exact::floor, std::floor}, {"ceil", exact::ceil, std::ceil}};

constexpr std::array points{
    -3.0f, -1.0f, -0.7f, -1e-3f, 0.0f, 1e-20f, 0.1f, 0.5f, 0.99f, 1.0f, 1.5f, 2.0f, 3.1415927f, 10.0f};

/// Evaluates a function of floats at all points, as a constant.
template <class Function>
constexpr std::array<float, points.size()> at_points(Function f)
{
    std::array<float, points.size()> values{};
    for (std::size_t k = 0; k < points.size(); ++k) {
        values[k] = f(points[k]);
    }
    return values;
}

/// Counts the floats between two floats.
int floats_between(float a, float b)
{
    if (std::isnan(a) && std::isnan(b)) {
        return 0;
    }
    int steps = 0;
    for (; a != b && steps < 100; ++steps) {
        a = std::nextafter(a, b);
    }
    return steps;
}

}  // namespace

TEST_CASE("functions in constant expressions are the exact ones, rounded")
{
    for (const compared_function& f : compared) {
        CAPTURE(f.name);
        double worst = 0, worst_subnormal = 0;
        for (const double x : arguments()) {
            const long double wanted = f.wanted(x);
            double& of = std::abs(wanted) < 2.3e-308L ? worst_subnormal : worst;
            of = std::max(of, units_between(f.found(x), wanted));
        }
        CHECK(worst <= limit);
        CHECK(worst_subnormal <= subnormal_limit);
    }
}

TEST_CASE("powers and remainders too")
{
    std::mt19937_64 random(2);
    const std::vector<double> all = arguments();
    double worst = 0, worst_subnormal = 0;
    std::size_t wrong = 0;
    const auto compare = [&](double a, double b) {
        const long double power = std::pow(static_cast<long double>(a), static_cast<long double>(b));
        double& of = std::abs(power) < 2.3e-308L ? worst_subnormal : worst;
        of = std::max(of, units_between(exact::pow(a, b), power));
        const double rest = std::fmod(a, b), found = exact::fmod(a, b);
        wrong += std::isnan(rest) ? !std::isnan(found) : found != rest || std::signbit(found) != std::signbit(rest);
    };
    for (std::size_t a = 0; a < 29; ++a) {
        for (const double b : std::vector<double>{0, -0.0, 1, -1, 2, 3, -3, 0.5, -0.5, 1.0 / 3, INFINITY, -INFINITY,
                 NAN, 1e300, -1e300, 5e-324, 9007199254740991}) {
            compare(all[a], b);
        }
    }
    for (int k = 0; k < 20000; ++k) {
        compare(all[random() % all.size()], all[random() % all.size()]);
    }
    CHECK(worst <= limit);
    CHECK(worst_subnormal <= subnormal_limit);
    CHECK(wrong == 0);
}

TEST_CASE("a float of a constant expression is that of the program, or its neighbour")
{
    const auto compare = [](const auto& constants, auto f) {
        for (std::size_t k = 0; k < points.size(); ++k) {
            const volatile float x = points[k];
            CHECK(floats_between(constants[k], f(x)) <= 1);
        }
    };
    const auto all = [&](auto... f) {
        (compare(
             [] {
                 constexpr auto values = at_points(decltype(f){});
                 return values;
             }(),
             f),
            ...);
    };
    all([](float x) { return mathematics::exp(x); }, [](float x) { return mathematics::expm1(x); },
        [](float x) { return mathematics::log(x); }, [](float x) { return mathematics::log1p(x); },
        [](float x) { return mathematics::sqrt(x); }, [](float x) { return mathematics::tanh(x); },
        [](float x) { return mathematics::sinh(x); }, [](float x) { return mathematics::cosh(x); },
        [](float x) { return mathematics::asinh(x); }, [](float x) { return mathematics::acosh(x); },
        [](float x) { return mathematics::atanh(x); }, [](float x) { return mathematics::sin(x); },
        [](float x) { return mathematics::cos(x); }, [](float x) { return mathematics::tan(x); },
        [](float x) { return mathematics::asin(x); }, [](float x) { return mathematics::acos(x); },
        [](float x) { return mathematics::atan(x); }, [](float x) { return mathematics::erf(x); },
        [](float x) { return mathematics::erfc(x); }, [](float x) { return mathematics::pow(x, 2.5f); });
}

static_assert(mathematics::exp(1.0) == 2.718281828459045);
static_assert(mathematics::tanh(0.5f) == 0.46211717f);
static_assert(mathematics::fmod(-7.5, 2.0) == -1.5);
static_assert(mathematics::nearbyint(2.5f) == 2.0f);
