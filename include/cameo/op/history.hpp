// The layer that puts new samples behind the past of a signal. It is not an ONNX operator: the generator makes it for
// --stream, and from a Concat with state that the end of its result updates (--state).
#pragma once
#include <cameo/op/layer.hpp>

namespace cameo::inline CAMEO_TARGET {

struct history_attributes {
    static constexpr void each(auto) {}
};

/// New samples behind those of earlier runs. `past` is a state: zero at first, then what `next` was in the run before.
///
/// In a network the past lies in a ring (cameo/kernel/history.hpp), so that a run costs the new samples only: there the
/// layer itself keeps the state, and the second result is absent.
struct history_spec : history_attributes {
    using attributes = history_attributes;
    static constexpr bool moves_bits = true;
    tensor_type x{};     ///< N x C x n: the new samples
    tensor_type past{};  ///< N x C x P: the last samples before them

    constexpr dim fresh() const { return x.shape[2]; }
    constexpr dim kept() const { return past.shape[2]; }

    template <class T>
    using signature = results<T, T>(T, T);
    using parameters = type_list<any_elements>;
};

enum class history_problem {
    none,
    samples_must_have_a_batch_channels_and_columns,
    past_must_agree_with_the_samples_except_in_columns
};

constexpr history_problem check(const history_spec& s)
{
    using enum history_problem;
    if (s.x.shape.rank != 3 || s.fresh() == 0) {
        return samples_must_have_a_batch_channels_and_columns;
    }
    const tensor_type& p = s.past;
    if (p.element != s.x.element || p.shape.rank != 3 || p.shape[0] != s.x.shape[0] || p.shape[1] != s.x.shape[1]) {
        return past_must_agree_with_the_samples_except_in_columns;
    }
    return none;
}

/// N x C x (P + n), and the past of the next run, N x C x P.
constexpr std::array<tensor_type, 2> result(const history_spec& s)
{
    tensor_type y = s.x.plain();
    y.shape[2] += s.kept();
    return {y, s.past.plain()};
}

/// y is past before x; next is the end of y.
template <class T>
constexpr void evaluate(
    const history_spec& s, std::span<const T> x, std::span<const T> past, std::span<T> y, optional_result<T> next)
{
    const dim n = s.fresh(), p = s.kept();
    for (dim row = 0; row < s.x.shape.count(0, 2); ++row) {
        for (dim i = 0; i < p; ++i) {
            y[index(row * (p + n) + i)] = past[index(row * p + i)];
        }
        for (dim i = 0; i < n; ++i) {
            y[index(row * (p + n) + p + i)] = x[index(row * n + i)];
        }
        if (!next.empty()) {
            for (dim i = 0; i < p; ++i) {
                next[index(row * p + i)] = y[index(row * (p + n) + n + i)];
            }
        }
    }
}

template <auto Result, class Operands, history_attributes Attributes = history_attributes{}, class Secondary = into<>>
using history = layer<history_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
