// Chooses extents for the open axes of a model, and makes its graph at them.
#pragma once
#include "import/import.hpp"
#include "open_sizes/sizes.hpp"

namespace cameo::generator {

/// "a=96, b=64".
std::string sizes_text(const axis_extents& sizes);
/// The same diagnostics, and a remark about the model.
refusal with_remark(std::vector<diagnostic> diagnostics, const std::string& remark);

/// The sizes at which a model is compared with itself: `first`, at which it can be made, and others.
class size_samples {
public:
    /// Finds extents at which the model can be imported. Throws failure if there are none.
    size_samples(const std::vector<open_axis>& axes, const import_at& import, extents kind);

    const std::vector<parameter>& parameters() const { return parameters_; }
    /// The parameter that an axis of the file is.
    const parameter& of_axis(const std::string& axis) const;
    const axis_extents& first() const { return first_; }
    /// Sizes in which one extent differs from the first, and sizes in which all do: as far as the network accepts them,
    /// the latter leave different rests, which tells a quotient from chance.
    std::vector<axis_extents> others() const;
    /// Makes a graph at sizes at which there must be one.
    graph made(const axis_extents& sizes) const;

private:
    void name_parameters(const std::vector<open_axis>& axes);
    void find_first();
    axis_extents all_changed(dim count, dim (*length)(dim)) const;
    bool accepts(const axis_extents& sizes) const;
    /// Sizes in which all extents differ, one for each function of a length, as far as the network accepts them.
    std::vector<axis_extents> accepted(std::initializer_list<dim (*)(dim)> lengths) const;

    const import_at& import_;
    const extents kind_;
    std::vector<parameter> parameters_;
    axis_extents first_;
};

}  // namespace cameo::generator
