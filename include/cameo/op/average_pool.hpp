// AveragePool and GlobalAveragePool: means over windows, which count the padding or not.
#pragma once
#include <array>
#include <cameo/core/floats.hpp>
#include <cameo/op/pool.hpp>
#include <utility>

namespace cameo::inline CAMEO_TARGET {

/// In which order a window is summed. Sums of floats depend on it, and they round an average that lies in the middle
/// between two quantized numbers. Hence it is onnxruntime's: another for opsets before 19 than since, and another for
/// windows of the whole input. Averages of floats on blocked storage are summed by rows, whatever it is.
enum class tap_order : std::uint8_t {
    by_rows,     ///< one tap after the other
    by_columns,  ///< first the taps of each place along the last axis, then these sums
    by_fours,    ///< of the whole input: four sums, each of every fourth tap; then what is left. Other windows: by rows
};

struct average_pool_attributes {
    cameo::window window{};
    bool count_include_pad = false;
    shape
        uncounted_end{};  ///< of pads_end, what ceil_mode added: never counted, unlike the pads that the model declares
    tap_order order = tap_order::by_rows;
    static constexpr void each(auto visit)
    {
        visit("window", &average_pool_attributes::window);
        visit("count_include_pad", &average_pool_attributes::count_include_pad);
        visit("uncounted_end", &average_pool_attributes::uncounted_end);
        visit("order", &average_pool_attributes::order);
    }
};

/// ONNX AveragePool, opsets 7, 10, 11, 19, 22, and GlobalAveragePool, whose kernel is the input. Any number of spatial
/// axes.
struct average_pool_spec : average_pool_attributes {
    using attributes = average_pool_attributes;
    tensor_type x{};  ///< N x C x D1 … Dk

    constexpr void settle()
    {
        if (window.is_settled()) {
            return;
        }
        const cameo::window all = window.settled(spatial(x.shape), window.kernel_shape);
        window.ceil_mode = false;
        const cameo::window declared = window.settled(spatial(x.shape), window.kernel_shape);
        for (int a = 0; count_include_pad && a < window.kernel_shape.rank; ++a) {
            uncounted_end.append(all.pad_end(a) - declared.pad_end(a));
        }
        uncounted_end = unless_all(uncounted_end, 0);
        window = all;
    }

    template <class T>
    using signature = T(T);
    using parameters = type_list<floating_elements>;
};

constexpr tensor_type result(const average_pool_spec& s) { return pooled(s.x, s.window); }

constexpr pool_problem check(const average_pool_spec& s) { return check_pool(s.x.shape, s.window); }

/// Returns the number of taps by which the average of the window at `at` divides: those on the input, and on declared
/// padding if that counts.
constexpr dim counted_taps(const average_pool_spec& s, const per_axis& at)
{
    const window& w = s.window;
    dim all = 1;
    for (int a = 0; a < w.kernel_shape.rank; ++a) {
        const dim excess = a < s.uncounted_end.rank ? s.uncounted_end[a] : 0;
        const dim begin = s.count_include_pad ? -w.pad_begin(a) : 0;
        const dim end = s.x.shape[a + 2] + (s.count_include_pad ? w.pad_end(a) - excess : 0);
        dim counted = 0;
        for (dim tap = 0; tap < w.kernel_shape[a]; ++tap) {
            const dim position = w.reads(a, at[index(a)], tap);
            if (begin <= position && position < end) {
                ++counted;
            }
        }
        all *= counted;
    }
    return all;
}

namespace detail {

/// Adds the window at `at` in its order. T is a number or a vector; tap(offset) returns that at a place of the plane.
template <class T, class Tap>
constexpr T sum_of_taps(const average_pool_spec& s, const per_axis& at, Tap tap)
{
    const window& w = s.window;
    const shape extents = spatial(s.x.shape);
    const T zero(0.0f);
    T sum = zero;
    const dim taps = extents.count();
    const bool whole_input =
        w.pads_begin.rank + w.pads_end.rank + w.dilations.rank == 0 && w.kernel_shape.count() == taps;
    if (s.order == tap_order::by_fours && whole_input) {
        std::array<T, 4> part{zero, zero, zero, zero};
        const dim fours = taps / 4 * 4;
        for (dim t = 0; t < fours; t += 4) {
            for (dim k = 0; k < 4; ++k) {
                part[index(k)] = in_order(part[index(k)] + tap(t + k));
            }
        }
        sum = in_order(in_order(part[0] + part[2]) + in_order(part[1] + part[3]));
        for (dim k = 0; k < taps % 4; ++k) {
            sum = in_order(sum + tap(fours + k));
        }
        return sum;
    }
    const int column = s.order == tap_order::by_columns ? extents.rank - 1 : -1;  // the axis of columns
    shape kernel = w.kernel_shape;
    const dim columns = column < 0 ? 1 : std::exchange(kernel[column], 1);
    for (dim k = 0; k < columns; ++k) {
        T part = zero;
        for_each_tap_inside(
            kernel, extents, [&](int a, dim t) { return w.reads(a, at[index(a)], a == column ? k : t); },
            [&](dim, dim offset) { part = in_order(part + tap(offset)); });
        sum = in_order(sum + part);
    }
    return sum;
}

}  // namespace detail

/// The definition: the sum of the elements in each window, divided by the number of its taps that count.
template <class T>
constexpr void evaluate(const average_pool_spec& s, std::span<const T> x, std::span<T> y)
{
    for_each_window(s.x, s.window, [&](dim plane, const per_axis& at, std::size_t to) {
        const T sum = detail::sum_of_taps<T>(s, at, [&](dim offset) { return x[index(plane + offset)]; });
        y[to] = sum / static_cast<T>(counted_taps(s, at));
    });
}

/// Counts the steps of the definition, which are more than its elements.
constexpr dim work(const average_pool_spec& s)
{
    return saturating_product(result(s).shape.count(), s.window.kernel_shape.count());
}

template <auto Result, class Operands, average_pool_attributes Attributes = average_pool_attributes{},
    class Secondary = into<>>
using average_pool = layer<average_pool_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
