// Holds a kernel against the plain definition on random data: both see the same numbers, each in the storage it wants.
#pragma once
#include <cameo/op/layer.hpp>
#include <cmath>
#include <random>
#include <tuple>
#include <vector>

namespace cameo::test {

/// Storage starts at a cache line, as in a network.
struct buffer {
    explicit buffer(const tensor_type& t) : type(t), memory(index(stored_count(t)) + 16, 0.0f) {}
    float* data() { return reinterpret_cast<float*>((reinterpret_cast<std::uintptr_t>(memory.data()) + 63) / 64 * 64); }
    std::span<float> span() { return {data(), index(stored_count(type))}; }

    tensor_type type;
    std::vector<float> memory;
};

inline std::vector<float> random_values(dim count, std::mt19937& random)
{
    std::normal_distribution<float> normal;
    std::vector<float> values(index(count));
    for (float& v : values) v = normal(random);
    return values;
}

/// Largest difference between kernel<Spec, Result> and evaluate() in double, over the largest magnitude of the result.
template <auto Spec, tensor_type Result, class... Operand>
double kernel_error(const Operand&... types)
{
    static constexpr auto spec = Spec;
    static constexpr tensor_type result = Result;
    std::mt19937 random(1);
    std::vector<buffer> stored;
    std::vector<std::vector<double>> exact;
    const auto add = [&](const tensor_type& t) {
        const std::vector<float> values = random_values(t.present() ? t.shape.count() : 0, random);
        stored.emplace_back(t);
        if (t.present()) rearrange<float>(t.plain(), values, t, stored.back().span());
        exact.emplace_back(values.begin(), values.end());
    };
    (add(types), ...);
    buffer y(result);
    std::vector<double> expected(index(result.shape.count()));
    const auto run = [&]<std::size_t... I>(std::index_sequence<I...>) {
        kernel<Spec, Result>::run(std::span<const float>(stored[I].span())..., y.span());
        evaluate(spec, std::span<const double>(exact[I])..., std::span<double>(expected));
    };
    run(std::index_sequence_for<Operand...>{});
    std::vector<float> found(expected.size());
    rearrange<float>(result, y.span(), result.plain(), found);
    double error = 0, largest = 1e-30;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        error = std::max(error, std::abs(double(found[i]) - expected[i]));
        largest = std::max(largest, std::abs(expected[i]));
        if (!std::isfinite(found[i])) return INFINITY;
    }
    return error / largest;
}

}  // namespace cameo::test
