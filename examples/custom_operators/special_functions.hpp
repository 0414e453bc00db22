// Operators that ONNX lacks, for models that torch exported with them: the Bessel function J0, the inverse error
// function, and arithmetic of ATen. Each is written like one of cameo's own.
#pragma once
#include <cameo/op/layer.hpp>
#include <cmath>
#include <limits>
#include <numbers>

namespace special {

/// For operators without attributes.
struct no_attributes {
    static constexpr void each(auto) {}
};

/// What elementwise operators share: the result has the type of the operand, and there is nothing to check.
struct of_each_number : no_attributes {
    using attributes = no_attributes;
    cameo::tensor_type x{};

    template <class T>
    using signature = T(T);
    using parameters = cameo::type_list<cameo::floating_elements>;
};

enum class problem { none };

constexpr problem check(const of_each_number&) { return problem::none; }
constexpr cameo::tensor_type result(const of_each_number& s) { return s.x.plain(); }

using bessel_j0_attributes = no_attributes;

/// torch.special.bessel_j0.
struct bessel_j0_spec : of_each_number {};

/// Bessel's integral, the mean of cos(x sin t) over half a turn. Of a periodic function, the sum converges faster than
/// any power of the steps, from |x| on.
template <class T>
void evaluate(const bessel_j0_spec&, std::span<const T> x, std::span<T> y)
{
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double number = static_cast<double>(x[i]);
        const int steps = 32 + static_cast<int>(std::min(std::abs(number), 1e6));
        double sum = 0;
        for (int k = 0; k < steps; ++k) {
            sum += std::cos(number * std::sin(std::numbers::pi * (k + 0.5) / steps));
        }
        y[i] = static_cast<T>(sum / steps);
    }
}

template <auto Result, class Operands, bessel_j0_attributes Attributes = bessel_j0_attributes{},
    class Secondary = cameo::into<>>
using bessel_j0 = cameo::layer<bessel_j0_spec, Result, Operands, Attributes, Secondary>;

using erfinv_attributes = no_attributes;

/// torch.special.erfinv: infinite at -1 and 1, not a number beyond.
struct erfinv_spec : of_each_number {};

/// For y >= 0 the x of erfc(x) = 1 - y: from S. Winitzki's approximation (2008), good to 0.002, by steps of Newton.
inline double inverse_of_error_function(double y)
{
    if (y == 1) {
        return std::numeric_limits<double>::infinity();
    }
    if (!(y < 1)) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    constexpr double a = 0.147;
    const double logarithm = std::log1p(-y * y), half = 2 / (std::numbers::pi * a) + logarithm / 2;
    double x = std::sqrt(std::sqrt(half * half - logarithm / a) - half);
    for (int step = 0; step < 4; ++step) {
        x += (std::erfc(x) - (1 - y)) * std::exp(x * x) * std::sqrt(std::numbers::pi) / 2;
    }
    return x;
}

template <class T>
void evaluate(const erfinv_spec&, std::span<const T> x, std::span<T> y)
{
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double number = static_cast<double>(x[i]);
        y[i] = static_cast<T>(std::copysign(inverse_of_error_function(std::abs(number)), number));
    }
}

template <auto Result, class Operands, erfinv_attributes Attributes = erfinv_attributes{},
    class Secondary = cameo::into<>>
using erfinv = cameo::layer<erfinv_spec, Result, Operands, Attributes, Secondary>;

enum class arithmetic_problem { none, scalar_must_have_one_element, operands_must_have_one_shape };

using mul_attributes = no_attributes;

/// aten::mul of a tensor by a scalar, whatever its type: the result is of the tensor's.
struct mul_spec : mul_attributes {
    using attributes = mul_attributes;
    cameo::tensor_type x{}, factor{};

    template <class T, class S>
    using signature = T(T, S);
    using parameters = cameo::type_list<cameo::floating_elements, cameo::any_elements>;
};

constexpr arithmetic_problem check(const mul_spec& s)
{
    return s.factor.shape.count() == 1 ? arithmetic_problem::none : arithmetic_problem::scalar_must_have_one_element;
}
constexpr cameo::tensor_type result(const mul_spec& s) { return s.x.plain(); }

template <class T, class S>
constexpr void evaluate(const mul_spec&, std::span<const T> x, std::span<const S> factor, std::span<T> y)
{
    for (std::size_t i = 0; i < x.size(); ++i) {
        y[i] = x[i] * static_cast<T>(factor[0]);
    }
}

template <auto Result, class Operands, mul_attributes Attributes = mul_attributes{}, class Secondary = cameo::into<>>
using mul = cameo::layer<mul_spec, Result, Operands, Attributes, Secondary>;

using add_attributes = no_attributes;

/// aten::add: a + alpha b, for operands of one shape.
struct add_spec : add_attributes {
    using attributes = add_attributes;
    cameo::tensor_type a{}, b{}, alpha{};

    template <class T, class S>
    using signature = T(T, T, S);
    using parameters = cameo::type_list<cameo::floating_elements, cameo::any_elements>;
};

constexpr arithmetic_problem check(const add_spec& s)
{
    using enum arithmetic_problem;
    if (s.a.shape != s.b.shape) {
        return operands_must_have_one_shape;
    }
    return s.alpha.shape.count() == 1 ? none : scalar_must_have_one_element;
}
constexpr cameo::tensor_type result(const add_spec& s) { return s.a.plain(); }

template <class T, class S>
constexpr void evaluate(
    const add_spec&, std::span<const T> a, std::span<const T> b, std::span<const S> alpha, std::span<T> y)
{
    for (std::size_t i = 0; i < a.size(); ++i) {
        y[i] = a[i] + static_cast<T>(alpha[0]) * b[i];
    }
}

template <auto Result, class Operands, add_attributes Attributes = add_attributes{}, class Secondary = cameo::into<>>
using add = cameo::layer<add_spec, Result, Operands, Attributes, Secondary>;

}  // namespace special
