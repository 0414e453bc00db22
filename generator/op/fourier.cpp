// Imports DFT and STFT as products with matrices of cosines and sines, which are computed in double.
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include <algorithm>
#include <cameo/op/conv.hpp>
#include <cameo/op/gemm.hpp>
#include <cameo/op/matmul.hpp>
#include <cmath>
#include <complex>
#include <numbers>

namespace cameo::generator {

namespace {

/// The longest signal: its matrix ends up in the header, and a fast transform would need none.
constexpr dim longest = dim{1} << 20;

/// The matrix of a transform between a signal and its spectrum; complex numbers have two parts. A one-sided spectrum of
/// a real signal ends at half its length, since the other half is its conjugate.
class transform {
public:
    transform(dim length, bool inverse, bool onesided)
        : inputs(inverse && onesided ? length / 2 + 1 : length),
          outputs(!inverse && onesided ? length / 2 + 1 : length), parts(inverse && onesided ? 1 : 2), length_(length),
          inverse_(inverse), onesided_(onesided)
    {
        if (length < 1 || length > longest) {
            throw unsupported("a transform of length {}: from 1 to {} are supported", length, longest);
        }
        roots_.reserve(index(length));
        for (dim k = 0; k < length; ++k) {
            roots_.push_back(root(k));
        }
    }
    double operator()(dim in, dim part_in, dim out, dim part_out) const
    {
        const std::complex<double> turn = roots_[index(in * out % length_)] * weight(in);
        return part_in == part_out ? turn.real() : part_in == 0 ? turn.imag() : -turn.imag();
    }

    const dim inputs, outputs, parts;

private:
    /// Returns exp(±2πik / length), exact at quarter turns: there, imaginary parts that a real signal cannot have must
    /// vanish.
    std::complex<double> root(dim k) const
    {
        const double sign = inverse_ ? 1 : -1;
        if (4 * k % length_ == 0) {
            constexpr std::complex<double> quarters[] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
            const std::complex<double> q = quarters[4 * k / length_];
            return {q.real(), sign * q.imag()};
        }
        const double angle = 2 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(length_);
        return {std::cos(angle), sign * std::sin(angle)};
    }
    double weight(dim in) const
    {
        if (!inverse_) {
            return 1;
        }
        return (onesided_ && in != 0 && 2 * in != length_ ? 2.0 : 1.0) / static_cast<double>(length_);
    }

    dim length_;
    bool inverse_, onesided_;
    std::vector<std::complex<double>> roots_;
};

/// Makes a constant of this type whose elements `element(position)` gives.
template <class Element>
value* filled(source_node& n, const tensor_type& type, Element element)
{
    tensor t = n.make_constant(type);
    with_elements(t, [&]<class T>(std::span<T> all) {
        per_axis at{};
        for (T& v : all) {
            v = static_cast<T>(element(at));
            advance(at, type.shape);
        }
    });
    return n.add_constant(std::move(t));
}

/// Returns 1 for real and 2 for complex numbers.
dim parts_of(const source_node& n)
{
    const shape& x = n.type(0).shape;
    if (!is_floating(n.type(0).element) || x.rank < 2 || x[x.rank - 1] < 1 || x[x.rank - 1] > 2) {
        throw unsupported(
            "the input must be floats whose last axis has a real part, or a real and an imaginary one, found {}",
            to_string(n.type(0)));
    }
    return x[x.rank - 1];
}

dim one_number(const source_node& n, std::size_t k, std::string_view name, dim otherwise)
{
    const tensor* given = n.constant_number(k, name);
    return given ? integers(*given)[0] : otherwise;
}

void import_dft(source_node& n)
{
    const dim parts = parts_of(n);
    const shape x = n.type(0).shape;
    const int axis = n.axis(n.opset() < 20 ? n.integer("axis", 1) : one_number(n, 2, "axis", -2), x.rank);
    if (axis == x.rank - 1) {
        throw unsupported("the last axis holds real and imaginary parts: it cannot be transformed");
    }
    const bool inverse = n.integer("inverse", 0) != 0, onesided = n.integer("onesided", 0) != 0;
    if (onesided && parts != (inverse ? 2 : 1)) {
        throw unsupported("one-sided, a signal must be real and a spectrum complex, found {}", to_string(n.type(0)));
    }
    const transform of(
        one_number(n, 1, "dft_length", inverse && onesided ? 2 * (x[axis] - 1) : x[axis]), inverse, onesided);
    value* taken = sliced(n, n.required_operand(0), axis, 0, std::min(x[axis], of.inputs));
    const dim outer = x.count(0, axis), extent = taken->type.shape[axis], inner = x.count(axis + 1, x.rank - 1);
    value* rows = n.reshaped(
        transposed(n, n.reshaped(taken, {outer, extent, inner, parts}), {0, 2, 1, 3}), {outer * inner, extent * parts});
    value* matrix = filled(n, {n.type(0).element, {extent * parts, of.outputs * of.parts}},
        [&](const per_axis& at) { return of(at[0] / parts, at[0] % parts, at[1] / of.parts, at[1] % of.parts); });
    value* y = n.reshaped(product(n, rows, matrix), {outer, inner, of.outputs, of.parts});
    shape to = x;
    to[axis] = of.outputs;
    to[x.rank - 1] = of.parts;
    n.set_result(0, n.reshaped(transposed(n, y, {0, 2, 1, 3}), to));
}

/// Imports STFT as a convolution: its filters are the transform's cosines and sines times the window, and its stride is
/// the step between frames.
void import_stft(source_node& n)
{
    const dim parts = parts_of(n);
    const shape x = n.type(0).shape;
    if (x.rank != 3) {
        throw unsupported("the signal must have 3 axes, found {}", to_string(n.type(0)));
    }
    n.required_operand(1);
    const dim step = one_number(n, 1, "frame_step", 0);
    const tensor* given = n.constant(2, "window");
    const std::vector<double> window = given ? numbers(*given) : std::vector<double>();
    const dim length = one_number(n, 3, "frame_length", given ? static_cast<dim>(window.size()) : x[1]);
    if (step < 1 || length < 1 || length > x[1]) {
        throw unsupported("frames of {} in steps of {} do not fit a signal of {}", length, step, x[1]);
    }
    if (given && given->type.shape != shape{length}) {
        throw unsupported("the window must be a list of {}, found {}", length, to_string(given->type));
    }
    const bool onesided = n.integer("onesided", 1) != 0;
    if (onesided && parts == 2) {
        throw unsupported("attribute 'onesided' is 1, but the signal is complex: {}", to_string(n.type(0)));
    }
    const transform of(length, false, onesided);
    value* filters = filled(n, {n.type(0).element, {of.outputs * 2, parts, length}}, [&](const per_axis& at) {
        return of(at[2], at[1], at[0] / 2, at[0] % 2) * (given ? window[index(at[2])] : 1);
    });
    value* signal = transposed(n, n.required_operand(0), {0, 2, 1});
    value* frames = n.add<conv_spec>({.window = {.strides = {step}}}, {signal, filters})[0];
    n.set_result(0, n.reshaped(transposed(n, frames, {0, 2, 1}), {x[0], frames->type.shape[2], of.outputs, 2}));
}

}  // namespace

void add_fourier(operator_table& table)
{
    table.add<floating_elements, matmul_spec, gemm_spec>(
        "DFT", {17, 20}, import_dft, "`dft_length` and `axis` are constant; a product with a matrix");
    table.add<floating_elements, conv_spec>(
        "STFT", {17}, import_stft, "`frame_step`, `window` and `frame_length` are constant; a convolution");
}

}  // namespace cameo::generator
