// Holds a kernel against the plain definition on random data: both see the same numbers, each in the storage it wants.
#pragma once
#include <algorithm>
#include <cameo/op/layer.hpp>
#include <cmath>
#include <random>
#include <tuple>
#include <vector>

namespace cameo::test {

/// What stands at a place of a value in memory.
enum class place { element, padding, halo };

/// The places of a plain, framed or blocked value.
inline std::vector<place> places_of(const tensor_type& t)
{
    std::vector<place> places(index(stored_count(t)), place::halo);
    const auto mark = [&](const tensor_type& marked, place as) {
        per_axis at{};
        if (marked.shape.count() == 0) return;
        do places[index(offset(marked, at))] = as;
        while (advance(at, marked.shape));
    };
    tensor_type whole = t;
    const int channel = cameo::detail::channel_axis(t.shape);
    if (is_blocked(t)) whole.shape[channel] = blocks(t.shape[channel]) * block;
    mark(whole, place::padding);
    mark(t, place::element);
    return places;
}

/// Storage that starts at a cache line, as in a network. What is never written is NaN, so that a result made of it is seen.
template <class T>
struct buffer {
    static constexpr std::size_t line = 64 / sizeof(T);
    explicit buffer(const tensor_type& t) : type(t), memory(index(stored_count(t)) + 2 * line, T(NAN)) {}
    T* data() { return reinterpret_cast<T*>((reinterpret_cast<std::uintptr_t>(memory.data()) + 63) / 64 * 64); }
    std::span<T> span() { return {data(), index(stored_count(type))}; }

    /// The logical values. Halos and padding are zero.
    void set(std::span<const T> values)
    {
        std::fill(span().begin(), span().end(), T(0));
        rearrange<T>(type.plain(), values, type, span());
    }

    /// Has a kernel written all elements, nothing but finite numbers, zeros into the padding, and neither into the halo nor beside the storage?
    bool well_written()
    {
        const std::vector<place> places = places_of(type);
        for (std::size_t i = 0; i < places.size(); ++i)
            if (std::isfinite(span()[i]) == (places[i] == place::halo) || (places[i] == place::padding && span()[i] != 0)) return false;
        const auto untouched = [](const T* from, const T* to) { return std::all_of(from, to, [](T v) { return std::isnan(v); }); };
        return untouched(memory.data(), data()) && untouched(data() + places.size(), memory.data() + memory.size());
    }

    tensor_type type;
    std::vector<T> memory;
};

inline std::vector<float> random_values(dim count, std::mt19937& random)
{
    std::normal_distribution<float> normal;
    std::vector<float> values(index(count));
    for (float& v : values) v = normal(random);
    return values;
}

/// The type of an operand and the magnitude of its numbers.
struct operand_values {
    operand_values(const tensor_type& t, double scale = 1) : type(t), magnitude(static_cast<float>(scale)) {}
    tensor_type type;
    float magnitude;
};

/// Weights whose sums of products are of magnitude 1: what follows a sum may bound it, but not the rounding errors before.
inline operand_values weights(const tensor_type& t) { return {t, 1 / std::sqrt(static_cast<double>(t.shape.count(1, t.shape.rank)))}; }

/// Largest difference between kernel<Spec, Result> and evaluate() in a wider type, over the largest magnitude of the result.
template <auto Spec, tensor_type Result, class... Operand>
double kernel_error(const Operand&... operands)
{
    using number = element_type<Result.element>;
    using wide = std::conditional_t<std::is_same_v<number, float>, double, long double>;
    static constexpr auto spec = Spec;
    static constexpr tensor_type result = Result;
    std::mt19937 random(1);
    std::vector<buffer<number>> stored;
    std::vector<std::vector<wide>> exact;
    const auto add = [&](const operand_values& x) {
        std::vector<float> values = random_values(x.type.present() ? x.type.shape.count() : 0, random);
        for (float& v : values) v *= x.magnitude;
        stored.emplace_back(x.type);
        if (x.type.present()) stored.back().set(std::vector<number>(values.begin(), values.end()));
        exact.emplace_back(values.begin(), values.end());
    };
    (add(operands), ...);
    buffer<number> y(result);
    std::vector<wide> expected(index(result.shape.count()));
    const auto run = [&]<std::size_t... I, std::size_t... Further>(std::index_sequence<I...>, std::index_sequence<Further...>) {
        kernel<Spec, Result>::run(std::span<const number>(stored[I].span())..., y.span(), (void(Further), nothing{})...);
        evaluate(spec, std::span<const wide>(exact[I])..., std::span<wide>(expected), (void(Further), nothing{})...);
    };
    run(std::index_sequence_for<Operand...>{}, std::make_index_sequence<result_count<std::remove_const_t<decltype(spec)>> - 1>{});
    if (!y.well_written()) return INFINITY;
    std::vector<number> found(expected.size());
    rearrange<number>(result, y.span(), result.plain(), found);
    wide error = 0, largest = 1e-30;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        error = std::max(error, std::abs(wide(found[i]) - expected[i]));
        largest = std::max(largest, std::abs(expected[i]));
    }
    return static_cast<double>(error / largest);
}

}  // namespace cameo::test
