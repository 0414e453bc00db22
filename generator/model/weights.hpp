// The parameters of a network as its file has them, before constants are folded, transformed or dropped.
#pragma once
#include "model/model.hpp"

namespace cameo::generator {

struct file_weights {
    dim elements =
        0;  ///< of initializers, and of the Constant nodes below; those of bodies and functions, once each, included
    std::set<std::string> constants;  ///< results of Constant nodes that act as weights: real numbers or bytes along at
                                      ///< least one axis, which do not say how to resize
};

file_weights weights_of(const onnx::ModelProto& m);

/// Returns the number of elements that a proto declares; 0 if it is invalid.
dim elements_of(const onnx::TensorProto& t);

}  // namespace cameo::generator
