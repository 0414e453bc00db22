// The base of operations that run nested graphs: If, Loop and Scan.
#pragma once
#include "evaluate/evaluate.hpp"

namespace cameo::generator {

/// Its last result is memory for the graphs, of as many bytes as they need once they are planned.
class control_flow : public operation {
public:
    explicit control_flow(std::vector<std::unique_ptr<graph>> bodies);

    std::vector<graph*> bodies() const override;
    std::optional<std::string> problem(const types&) const override { return std::nullopt; }
    types results(const types& operands) const override;
    void each_attribute(const visitor&) const override {}
    dim work(const types&) const override { return 0; }
    bool is_view() const override { return false; }
    bool has_fast_path() const override { return false; }
    bool is_scratch(std::size_t k) const override { return k == result_types().size(); }
    /// The input of its bodies that is the first captured value: these are the last inputs, and the last operands.
    virtual std::size_t first_captured() const = 0;

protected:
    /// Of the results that the file knows.
    virtual types result_types() const = 0;
    graph& body(std::size_t k) const { return *bodies_[k]; }

private:
    std::vector<std::shared_ptr<graph>> bodies_;  ///< shared by clones
};

/// A tensor of a graph that was evaluated, or a constant of it.
const tensor& data_of(const value* v, const tensor_map& values);

/// The multiplications of every layer of a graph.
dim multiplications(const graph& g);

}  // namespace cameo::generator
