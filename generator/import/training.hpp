// What becomes of the nodes of a graph that was exported for training.
#pragma once

namespace cameo::generator {

enum class training {
    refuse,     ///< such a graph is an obstacle: the user chooses
    inference,  ///< BatchNormalization with the running statistics, no Dropout
    literal,    ///< BatchNormalization with the statistics of the batch, Dropout by its seed
};

}  // namespace cameo::generator
