// The base of operations that run nested graphs: If, Loop and Scan.
#pragma once
#include "evaluate/evaluate.hpp"

namespace cameo::generator {

/// An operation with nested graphs. Its last result is memory for them, whose size is set once they are planned.
class control_flow : public operation {
public:
    explicit control_flow(std::vector<std::unique_ptr<graph>> bodies);

    std::vector<std::string> headers() const override
    {
        return {"<cameo/control_flow/" + std::string(name()) + ".hpp>"};
    }
    std::vector<graph*> bodies() const override;
    std::optional<std::string> problem(const types&) const override { return std::nullopt; }
    types results(const types& operands) const override;
    void each_attribute(const visitor&) const override {}
    dim work(const types&) const override { return 0; }
    bool is_view() const override { return false; }
    bool is_scratch(std::size_t k) const override { return k == result_types().size(); }
    /// Returns the position of the first captured value among the inputs of its bodies. Captured values are the last
    /// inputs, and the last operands.
    virtual std::size_t first_captured() const = 0;

protected:
    /// Returns the types of the results that the file knows.
    virtual types result_types() const = 0;
    graph& body(std::size_t k) const { return *bodies_[k]; }

private:
    std::vector<std::shared_ptr<graph>> bodies_;  ///< shared by clones
};

/// Returns the tensor of a value of an evaluated graph, or of a constant.
const tensor& data_of(const value* v, const tensor_map& values);

/// Counts the multiplications of all layers of a graph.
dim multiplications(const graph& g);

}  // namespace cameo::generator
