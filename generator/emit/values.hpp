// Declares the writer that turns the values of a graph (inputs, states, layers) into C++ types.
#pragma once
#include "emit/header.hpp"
#include "emit/labels.hpp"

namespace cameo::generator {

/// The C++ text of one graph, and its schedule.
struct written_values {
    std::string text;                 ///< a struct for each value
    std::string members;              ///< of the model: inputs, outputs, steps, what is kept, schedule()
    std::vector<const value*> steps;  ///< the value of each; null for a layer whose first result nobody reads
};

/// Writes the values of a graph and of its layers' bodies, with names that are all different.
class value_writer {
public:
    explicit value_writer(const graph& g)
        : identifiers_(name_values(g, names_)), labels_of_values_(label_values(g, identifiers_, labels_))
    {
    }

    written_values write(const graph& g);

    const value_names& names() const { return identifiers_; }
    const std::set<std::string>& includes() const { return includes_; }
    int layers() const { return layers_; }
    dim multiplications() const { return multiplications_; }

private:
    class schedule_writer;

    identifiers names_;
    unique_names labels_{{}, 2};
    value_names identifiers_, labels_of_values_;
    std::set<std::string> includes_;
    int layers_ = 0;
    dim multiplications_ = 0;  ///< of nested graphs by their layers
};

}  // namespace cameo::generator
