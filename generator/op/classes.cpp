// Turns classes, counted from 0, into the labels that a node names, and one score into those of two classes.
#include "op/classes.hpp"
#include "op/composition.hpp"
#include <cameo/op/arg_extreme.hpp>
#include <cameo/op/elementwise.hpp>
#include <cameo/op/gather.hpp>

namespace cameo::generator {

class_labels::class_labels(const source_node& n, std::string_view numbers)
    : numbers_(n.integers(numbers)), texts_(n.texts("classlabels_strings"))
{
    if (numbers_.empty() == texts_.empty()) {
        throw unsupported("must have labels as one of '{}' and 'classlabels_strings', found {} and {}", numbers,
            numbers_.size(), texts_.size());
    }
}

void class_labels::set(source_node& n, value* classes) const
{
    bool are_counted = true;
    for (std::size_t k = 0; k < numbers_.size(); ++k) {
        are_counted = are_counted && numbers_[k] == static_cast<dim>(k);
    }
    if (!are_counted) {
        classes = n.add<gather_spec>({0}, {constant_list(n, element::int64, numbers_), classes})[0];
    }
    if (!texts_.empty()) {
        n.name_classes(texts_);
    }
    n.set_result(0, classes);
}

value* largest_class(source_node& n, value* scores)
{
    return n.add<arg_extreme_spec>({1, true, false, false}, {scores})[0];
}

std::pair<value*, value*> of_one_score(source_node& n, value* score, score_meaning meaning, post_transform how)
{
    if (how == post_transform::PROBIT) {
        throw unsupported("attribute 'post_transform' is PROBIT for two classes of one score: onnxruntime leaves the "
                          "second score to chance");
    }
    const double least = meaning == score_meaning::probability ? 0.5 : 0.0;
    value* is_second = n.compute(greater(operand<0>, least), {score});
    value* classes = n.reshaped(cast(n, is_second, element::int64), {score->type.shape[0]});
    const bool is_logistic = how == post_transform::LOGISTIC;
    const auto other = is_logistic || meaning == score_meaning::sum ? neg(operand<0>) : sub(1.0, operand<0>);
    value* both = concatenated(n, 1, {n.compute(other, {score}), score});
    return {is_logistic ? transformed(n, both, how) : both, classes};
}

}  // namespace cameo::generator
