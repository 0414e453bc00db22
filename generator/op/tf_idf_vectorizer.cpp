// Imports TfIdfVectorizer of integers.
#include "import/choice.hpp"
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include <algorithm>
#include <cameo/op/tf_idf_vectorizer.hpp>
#include <limits>
#include <map>

namespace cameo::generator {

namespace {

using numbers_of_gram = std::vector<dim>;

/// Reads the n-grams of some lengths, each with its column. Of two that are equal, the last one counts, as in ONNX's
/// reference implementation.
std::map<numbers_of_gram, dim> grams_of(const source_node& n, std::size_t least, std::size_t most)
{
    const std::vector<dim> pool = n.integers("pool_int64s"), begins = n.integers("ngram_counts"),
                           columns = n.integers("ngram_indexes");
    std::map<numbers_of_gram, dim> grams;
    std::size_t number = 0;
    for (std::size_t k = 0; k < begins.size(); ++k) {
        const dim end = k + 1 < begins.size() ? begins[k + 1] : static_cast<dim>(pool.size());
        const std::size_t length = k + 1;
        if (begins[k] < 0 || end < begins[k] || end > static_cast<dim>(pool.size())) {
            throw unsupported("attribute 'ngram_counts' does not fit a pool of {} numbers", pool.size());
        }
        for (dim at = begins[k]; at + static_cast<dim>(length) <= end; at += static_cast<dim>(length), ++number) {
            if (number >= columns.size()) {
                throw unsupported("attribute 'ngram_indexes' has {} numbers for more n-grams", columns.size());
            }
            if (length >= least && length <= most) {
                const auto begin = pool.begin() + at;
                grams[numbers_of_gram(begin, begin + static_cast<dim>(length))] = columns[number];
            }
        }
    }
    return grams;
}

/// Tells whether all numbers of an n-gram are of an element type.
bool may_occur(const numbers_of_gram& gram, element type)
{
    using narrow = std::numeric_limits<std::int32_t>;
    return type != element::int32 ||
           std::ranges::all_of(gram, [](dim v) { return v >= narrow::min() && v <= narrow::max(); });
}

/// Returns a weight for each column, null if there are none. ONNX gives them to n-grams, and does not say what those of
/// one column and different weights mean.
value* weights_of_columns(source_node& n, const std::vector<dim>& column_of_gram, dim columns)
{
    const std::vector<double> given = n.numbers("weights");
    if (given.empty()) {
        return nullptr;
    }
    if (given.size() != column_of_gram.size()) {
        throw unsupported(
            "there must be a weight for each of {} n-grams, found {}", column_of_gram.size(), given.size());
    }
    tensor weights = n.make_constant({element::float32, {columns}});
    std::ranges::fill(weights.as<float>(), 1.f);
    std::map<dim, double> known;
    for (std::size_t k = 0; k < given.size(); ++k) {
        const dim column = column_of_gram[k];
        if (known.try_emplace(column, given[k]).first->second != given[k]) {
            throw unsupported("n-grams of column {} have different weights", column);
        }
        weights.as<float>()[index(column)] = static_cast<float>(given[k]);
    }
    return n.add_constant(std::move(weights));
}

void import_tf_idf_vectorizer(source_node& n)
{
    if (n.has("pool_strings")) {
        throw unsupported("attribute 'pool_strings': strings are not supported");
    }
    const dim least = n.integer("min_gram_length", 0), most = n.integer("max_gram_length", 0);
    const std::vector<dim> columns = n.integers("ngram_indexes");
    if (least < 1 || most < least) {
        throw unsupported("n-grams must have lengths from 1 on, found {} to {}", least, most);
    }
    if (columns.empty() || *std::ranges::min_element(columns) < 0 || *std::ranges::max_element(columns) >= max_count) {
        throw unsupported("attribute 'ngram_indexes' must give columns from 0 to less than {}", max_count);
    }
    tf_idf_vectorizer_attributes a;
    a.mode = choice<term_weighting>(n, "mode", "");
    a.columns = *std::ranges::max_element(columns) + 1;
    value* weights = weights_of_columns(n, columns, a.columns);
    a.skips = n.integer("max_skip_count", 0);
    std::vector<dim> pool, ends, column;
    for (const auto& [gram, to] : grams_of(n, static_cast<std::size_t>(least), static_cast<std::size_t>(most))) {
        if (!may_occur(gram, n.type(0).element)) {
            continue;
        }
        pool.insert(pool.end(), gram.begin(), gram.end());
        ends.push_back(static_cast<dim>(pool.size()));
        column.push_back(to);
    }
    n.become<tf_idf_vectorizer_spec>(
        a, {n.required_operand(0), constant_list(n, n.type(0).element, pool), constant_list(n, element::int64, ends),
               constant_list(n, element::int64, column), weights});
}

}  // namespace

void add_tf_idf_vectorizer(operator_table& table)
{
    table.add<tf_idf_vectorizer_spec>("TfIdfVectorizer", {9}, import_tf_idf_vectorizer, "`pool_int64s`");
}

}  // namespace cameo::generator
