// TfIdfVectorizer: how often each of some n-grams occurs in a row of numbers.
#pragma once
#include <cameo/op/indices.hpp>

namespace cameo::inline CAMEO_TARGET {

/// What a column holds: how often its n-grams occur; their weight if one does; or the product of both.
enum class term_weighting { TF, IDF, TFIDF };

struct tf_idf_vectorizer_attributes {
    term_weighting mode = term_weighting::TF;
    dim columns = 1;
    dim skips = 0;  ///< numbers that may lie between two of an n-gram, everywhere as many
    static constexpr void each(auto visit)
    {
        visit("mode", &tf_idf_vectorizer_attributes::mode);
        visit("columns", &tf_idf_vectorizer_attributes::columns);
        visit("skips", &tf_idf_vectorizer_attributes::skips);
    }
};

/// ONNX TfIdfVectorizer, opset 9, of int32 and int64; the n-grams, which ONNX has as attributes, are operands.
struct tf_idf_vectorizer_spec : tf_idf_vectorizer_attributes {
    using attributes = tf_idf_vectorizer_attributes;
    tensor_type x{};        ///< numbers, or rows x numbers
    tensor_type pool{};     ///< the numbers of all n-grams, one after another
    tensor_type ends{};     ///< G: where in the pool each ends; the first begins at 0
    tensor_type column{};   ///< G: where each counts
    tensor_type weights{};  ///< of each column; optional: 1

    constexpr dim row() const { return x.shape[x.shape.rank - 1]; }

    template <class T>
    using signature = float(T, T, std::int64_t, std::int64_t, float);
    using parameters = type_list<index_elements>;
};

enum class tf_idf_vectorizer_problem {
    none,
    input_must_have_one_axis_or_two,
    there_must_be_a_column_and_no_negative_skip,
    n_grams_must_each_have_an_end_and_a_column,
    weights_must_be_one_for_each_column,
};

constexpr tf_idf_vectorizer_problem check(const tf_idf_vectorizer_spec& s)
{
    using enum tf_idf_vectorizer_problem;
    if (s.x.shape.rank < 1 || s.x.shape.rank > 2) {
        return input_must_have_one_axis_or_two;
    }
    if (s.columns < 1 || s.skips < 0) {
        return there_must_be_a_column_and_no_negative_skip;
    }
    if (s.pool.shape.rank != 1 || s.ends.shape.rank != 1 || s.column.shape != s.ends.shape) {
        return n_grams_must_each_have_an_end_and_a_column;
    }
    return s.weights.present() && s.weights.shape != shape{s.columns} ? weights_must_be_one_for_each_column : none;
}

/// columns, or rows x columns.
constexpr tensor_type result(const tf_idf_vectorizer_spec& s)
{
    tensor_type y{element::float32, s.x.shape};
    y.shape[y.shape.rank - 1] = s.columns;
    return y;
}

namespace detail {

/// Counts where an n-gram occurs in a row, with any number of skips; a single number has no place for one.
template <class T>
constexpr dim occurrences(std::span<const T> row, std::span<const T> gram, dim skips)
{
    dim found = 0;
    const std::size_t steps = gram.size() > 1 ? index(skips) + 1 : 1;
    for (std::size_t step = 1; step <= steps && !gram.empty(); ++step) {
        if (step > 1 && step > row.size() / (gram.size() - 1)) {
            break;  // none that fits is left
        }
        for (std::size_t at = 0; at + step * (gram.size() - 1) < row.size(); ++at) {
            std::size_t k = 0;
            while (k < gram.size() && row[at + k * step] == gram[k]) {
                ++k;
            }
            found += k == gram.size();
        }
    }
    return found;
}

}  // namespace detail

template <class T>
constexpr void evaluate(const tf_idf_vectorizer_spec& s, std::span<const T> x, std::span<const T> pool,
    std::span<const std::int64_t> ends, std::span<const std::int64_t> column, optional_span<float> weights,
    std::span<float> y)
{
    const auto row = index(s.row()), columns = index(s.columns);
    for (std::size_t r = 0; r * columns < y.size(); ++r) {
        const std::span<float> counts = y.subspan(r * columns, columns);
        std::fill(counts.begin(), counts.end(), 0.f);
        std::size_t begin = 0;
        for (std::size_t g = 0; g < ends.size(); ++g) {
            const std::size_t end = std::clamp<std::size_t>(static_cast<std::size_t>(ends[g]), begin, pool.size());
            const dim to = index_or_none(column[g], s.columns);
            if (to >= 0) {
                counts[index(to)] += static_cast<float>(
                    detail::occurrences(x.subspan(r * row, row), pool.subspan(begin, end - begin), s.skips));
            }
            begin = end;
        }
        for (std::size_t c = 0; c < columns && s.mode != term_weighting::TF; ++c) {
            const float weight = weights.empty() ? 1.f : weights[c];
            counts[c] = s.mode == term_weighting::TFIDF ? counts[c] * weight : counts[c] > 0 ? weight : 0;
        }
    }
}

/// Counts the steps of the definition: each n-gram is looked for everywhere, with each number of skips.
constexpr dim work(const tf_idf_vectorizer_spec& s)
{
    return saturating_product(s.x.shape.count(), s.pool.shape.count(), std::min(s.skips, s.row()) + 1);
}

template <auto Result, class Operands, tf_idf_vectorizer_attributes Attributes = tf_idf_vectorizer_attributes{},
    class Secondary = into<>>
using tf_idf_vectorizer = layer<tf_idf_vectorizer_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
