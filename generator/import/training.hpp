// The choice of how nodes of a graph that was exported in training mode are imported.
#pragma once

namespace cameo::generator {

enum class training {
    refuse,     ///< such a graph is a diagnostic: the user chooses
    inference,  ///< BatchNormalization with the running statistics, no Dropout
    literal,    ///< BatchNormalization with the statistics of the batch, Dropout by its seed
};

}  // namespace cameo::generator
