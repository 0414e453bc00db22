// Compares the graphs of a model at several sizes, and writes what differs as expressions.
#pragma once
#include "open_sizes/number.hpp"
#include "open_sizes/outline.hpp"
#include "open_sizes/samples.hpp"

namespace cameo::generator {

/// The graph of the first sizes and what those of others showed.
class comparison {
public:
    comparison(graph& first, const size_samples& sizes);

    /// Records the numbers of the graph at these sizes. Throws refusal if anything else differs.
    void add(const graph& other, const axis_extents& sizes);
    /// Writes what differs into the first graph. Throws refusal if something cannot be explained.
    void express();

private:
    using texts = std::vector<std::string>;  ///< of each sample

    void observe(const outlines& of, const axis_extents& sizes);
    void require_same_constants(const outlines& found) const;
    void note_varying_axes(const graph& g) const;
    void express_extents(graph& g, const value& v, const node& n, const terms& of) const;
    void express_held(const node& n, const terms& of) const;
    void express_attributes(node& n, const std::map<std::string, texts>& attributes, const terms& of) const;
    void express_constant(value& v, const texts& found, const terms& of) const;
    std::vector<dim> extents_of(std::size_t number, int axis) const;  ///< in each sample
    terms terms_at(const outline& o);
    [[noreturn]] void refuse_constant(const value& v) const;
    [[noreturn]] void refuse(const node& n, const std::string& what) const;

    graph& first_;
    const size_samples& sizes_;
    const outlines expected_;
    std::vector<node*> nodes_;
    std::map<const value*, std::size_t> numbers_;
    std::map<const graph*, std::vector<const value*>> seen_;  ///< the values that each graph sees
    std::vector<sample> samples_;
    std::vector<std::map<std::string, texts>> attributes_;  ///< by node and attribute
    std::vector<texts> constants_;                          ///< those of a few whole numbers, by their number
    axis_extents last_;                                     ///< that were compared
};

}  // namespace cameo::generator
