// Declares the writer that turns the values of a graph (inputs, states, layers) into C++ types.
#pragma once
#include "emit/header.hpp"
#include "emit/names.hpp"

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
    explicit value_writer(const graph& g) : values_(name_values(g, names_)) {}

    written_values write(const graph& g);

    const std::map<const value*, std::string>& names() const { return values_; }
    const std::set<std::string>& includes() const { return includes_; }
    int layers() const { return layers_; }
    dim multiplications() const { return multiplications_; }

private:
    class schedule_writer;

    identifiers names_;
    std::map<const value*, std::string> values_;
    std::set<std::string> includes_;
    int layers_ = 0;
    dim multiplications_ = 0;  ///< of nested graphs by their layers
};

}  // namespace cameo::generator
