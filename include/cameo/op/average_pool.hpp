// AveragePool and GlobalAveragePool.
#pragma once
#include <cameo/op/pool.hpp>

namespace cameo::inline CAMEO_TARGET {

struct average_pool_attributes {
    cameo::window window{};
    bool count_include_pad = false;
    shape uncounted_end{};  ///< of pads_end, what ceil_mode added: never counted, unlike the pads that the model declares
    static constexpr void each(auto visit)
    {
        visit("window", &average_pool_attributes::window);
        visit("count_include_pad", &average_pool_attributes::count_include_pad);
        visit("uncounted_end", &average_pool_attributes::uncounted_end);
    }
};

/// ONNX AveragePool, opsets 7, 10, 11, 19, 22, and GlobalAveragePool, whose kernel is the input. Any number of spatial axes.
struct average_pool_spec : average_pool_attributes {
    using attributes = average_pool_attributes;
    static constexpr bool fast_path = true;  // cameo/kernel/average_pool.hpp
    tensor_type x{};  ///< N x C x D1 … Dk

    template <class T> using signature = T(T);
    using parameters = type_list<floating_elements>;
};

constexpr tensor_type result(const average_pool_spec& s) { return pooled(s.x, s.window); }

constexpr pool_problem check(const average_pool_spec& s) { return check_pool(s.x.shape, s.window); }

/// Taps that the average of the window at `at` divides by: those on the input, and on declared padding if that counts.
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
            if (begin <= position && position < end) ++counted;
        }
        all *= counted;
    }
    return all;
}

/// The definition: the sum of the elements in each window, divided by the number of its taps that count.
template <class T>
constexpr void evaluate(const average_pool_spec& s, std::span<const T> x, std::span<T> y)
{
    const shape extents = spatial(s.x.shape);
    for_each_window(s.x, s.window, [&](dim plane, const per_axis& at, std::size_t to) {
        T sum{};
        for_each_tap(s.window, s.window.kernel_shape, extents, at, [&](dim, dim offset) { sum += x[index(plane + offset)]; });
        y[to] = sum / static_cast<T>(counted_taps(s, at));
    });
}

/// Steps of the definition: more than its elements.
constexpr dim work(const average_pool_spec& s) { return saturating_product(result(s).shape.count(), s.window.kernel_shape.count()); }

template <auto Result, class Operands, average_pool_attributes Attributes = average_pool_attributes{}, class Further = into<>>
using average_pool = layer<average_pool_spec, Result, Operands, Attributes, Further>;

}  // namespace cameo
