// A planned network, described step by step for people: what `inspect`, `profile` and `report` show.
#pragma once
#include "memory_plan/memory_plan.hpp"
#include "support/json.hpp"

namespace cameo::generator {

/// A step of the schedule. Texts from the file are not escaped.
struct step_description {
    int step = 0;
    const node* layer = nullptr;  ///< null for an input, a state and a secondary output
    std::string name, operation, result, storage;
    std::vector<std::string> nodes;  ///< of the file, by name
    std::string origins;             ///< their operators
    std::vector<std::pair<std::string, std::string>> attributes;
    dim multiplications = 0, parameters = 0;
    std::size_t weight_bytes = 0;       ///< of the constants that it reads
    std::size_t bytes = 0, offset = 0;  ///< of the result, in the memory of the network
    int last_use = 0;                   ///< the last step that needs this memory

    std::string attribute_text() const;
};

struct network_description {
    std::vector<step_description> steps;
    memory plan;
    dim multiplications = 0;
    dim parameters = 0;  ///< of the file, each once; bytes are those that are stored
    std::size_t weight_bytes = 0;
};

network_description describe(const graph& g);

/// Returns the JSON that `inspect --json` prints.
json to_json(const graph& g, const network_description& network);

/// Returns GFLOP/s, with two operations for each multiplication.
double gflops(dim multiplications, double nanoseconds);

}  // namespace cameo::generator
