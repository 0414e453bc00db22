// TfIdfVectorizer: skips, n-grams longer than a row, weights, and ends and columns that are out of range.
#include <cameo/op/tf_idf_vectorizer.hpp>

namespace cameo {
namespace {

using enum tf_idf_vectorizer_problem;

/// How often 1, (1, 2) and (1, 2, 3) occur in a row.
constexpr std::array<float, 3> counted(std::array<std::int64_t, 5> x, dim skips, term_weighting mode)
{
    constexpr std::array<std::int64_t, 6> pool{1, 1, 2, 1, 2, 3};
    constexpr std::array<std::int64_t, 5> ends{1, 3, 6, 900, -1}, column{2, 1, 0, -9, 9};
    constexpr std::array<float, 3> weights{8, 4, 2};
    std::array<float, 3> y{};
    evaluate(tf_idf_vectorizer_spec{{mode, 3, skips}, i64<5>, i64<6>, i64<5>, i64<5>, f32<3>},
        std::span<const std::int64_t>(x), std::span<const std::int64_t>(pool), std::span<const std::int64_t>(ends),
        std::span<const std::int64_t>(column), weights, std::span<float>(y));
    return y;
}
using enum term_weighting;
static_assert(counted({1, 1, 2, 2, 3}, 0, TF) == std::array{0.f, 1.f, 2.f});
static_assert(counted({1, 1, 2, 2, 3}, 1, TF) == std::array{1.f, 3.f, 2.f});
static_assert(counted({1, 1, 2, 2, 3}, max_count, TFIDF) == std::array{8.f, 16.f, 4.f});
static_assert(counted({1, 1, 1, 2, 2}, 0, IDF) == std::array{0.f, 4.f, 2.f});

constexpr tf_idf_vectorizer_spec rows{{TF, 3, 0}, i32<4, 5>, i32<6>, i64<3>, i64<3>};
static_assert(check(rows) == tf_idf_vectorizer_problem::none && result(rows) == f32<4, 3>);

constexpr tf_idf_vectorizer_problem with(auto change)
{
    tf_idf_vectorizer_spec s = rows;
    change(s);
    return check(s);
}
static_assert(with([](auto& s) { s.x = i32<>; }) == input_must_have_one_axis_or_two);
static_assert(with([](auto& s) { s.skips = -1; }) == there_must_be_a_column_and_no_negative_skip);
static_assert(with([](auto& s) { s.column = i64<2>; }) == n_grams_must_each_have_an_end_and_a_column);
static_assert(with([](auto& s) { s.weights = f32<2>; }) == weights_must_be_one_for_each_column);

}  // namespace
}  // namespace cameo
