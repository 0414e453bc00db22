// What ai.onnx.ml does to scores at last, in all operators that have the attribute post_transform.
#pragma once
#include "import/source_node.hpp"

namespace cameo::generator {

/// ONNX's names, in the order of its numbers.
enum class post_transform { NONE, SOFTMAX, LOGISTIC, SOFTMAX_ZERO, PROBIT };

/// Transforms scores of rows x targets.
value* transformed(source_node& n, value* scores, post_transform how);

}  // namespace cameo::generator
