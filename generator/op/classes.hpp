// The labels and scores of the classifiers of ai.onnx.ml.
#pragma once
#include "op/post_transform.hpp"

namespace cameo::generator {

/// The labels that a node names, as numbers or as texts.
class class_labels {
public:
    /// Reads classlabels_strings, or the attribute for numbers. Throws unsupported if there are none, or both.
    class_labels(const source_node& n, std::string_view numbers);

    dim count() const { return std::ssize(numbers_) + std::ssize(texts_); }
    /// Makes result 0 the label of the class, counted from 0, of each row. Where labels are texts, it is the class
    /// itself, and the header has the texts.
    void set(source_node& n, value* classes) const;

private:
    std::vector<dim> numbers_;
    std::vector<std::string> texts_;
};

/// The class of the largest score of each row, the first of several.
value* largest_class(source_node& n, value* scores);

/// What one score says of two classes: how likely the second is, or how far it is on its side of 0. Of sums of trees,
/// which may be either, the weights tell.
enum class score_meaning { distance, probability, sum };

/// Returns the scores of both classes and the class of each row, as onnxruntime has them.
std::pair<value*, value*> of_one_score(source_node& n, value* score, score_meaning meaning, post_transform how);

}  // namespace cameo::generator
