// Imports a model at several sizes of its open axes, compares the graphs, and returns one graph whose differing
// attributes are expressions of template parameters.
#include "open_sizes/sizes.hpp"
#include "emit/names.hpp"
#include "open_sizes/expression.hpp"
#include "open_sizes/outline.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

std::string sizes_text(const axis_extents& sizes)
{
    std::string text;
    for (const auto& [name, extent] : sizes) {
        text += fmt::format("{}{}={}", text.empty() ? "" : ", ", printable(name), extent);
    }
    return text;
}

/// Implements generalized(): holds the samples and what they showed.
class generalizer {
public:
    generalizer(const std::vector<open_axis>& axes, const std::function<graph(const axis_extents&)>& at)
        : axes_(axes), at_(at)
    {
        identifiers names;
        for (const open_axis& a : axes) {
            if (find(a.name) == parameters_.end()) {
                parameters_.push_back({names.unique(a.name, "extent"), a.name, 0, a.axis == 0});
            }
        }
    }

    graph run()
    {
        graph first = first_sample();
        refuse_bodies(first);
        const outlines expected(first);
        found_.resize(expected.nodes().size());
        observe(expected, sizes_);
        for (const parameter& p : parameters_) {
            axis_extents sizes = sizes_;
            sizes[p.axis] = p.is_count ? sample_count + 1 : p.sample / 2 * 3;
            compare(first, expected, made(sizes), sizes);
        }
        compare_all_changed(first, expected);
        std::size_t position = 0;
        for (const auto& n : first.nodes()) {
            express(*n, found_[position++]);
        }
        open(first);
        return first;
    }

private:
    std::vector<parameter>::const_iterator find(const std::string& axis) const
    {
        return std::find_if(parameters_.begin(), parameters_.end(), [&](const parameter& p) { return p.axis == axis; });
    }

    graph first_sample()
    {
        std::vector<diagnostic> first;
        axis_extents of_first;
        for (const dim length : sample_lengths) {
            for (parameter& p : parameters_) {
                sizes_[p.axis] = p.sample = p.is_count ? sample_count : length;
            }
            try {
                return at_(sizes_);
            } catch (const failure& f) {
                if (first.empty()) {
                    first = diagnostics_of(f), of_first = sizes_;
                }
            }
        }
        axis_extents ones;
        for (const parameter& p : parameters_) {
            ones[p.axis] = 1;
        }
        try {
            at_(ones);
        } catch (const failure& f) {
            if (diagnostics_of(f) == first) {
                throw;  // whatever the size
            }
            throw with_remark(
                first, fmt::format("That is with {}, and no size was found for the open axes: fix them with --dim",
                           sizes_text(of_first)));
        }
        throw with_remark(first, fmt::format("That is with {}; with {} it can be: fix the open axes with --dim",
                                     sizes_text(of_first), sizes_text(ones)));
    }

    static refusal with_remark(std::vector<diagnostic> diagnostics, const std::string& remark)
    {
        diagnostics.push_back({"", "", 0, remark});
        return refusal(std::move(diagnostics));
    }

    static refusal at_node(const node& n, const std::string& reason, const std::string& remark)
    {
        const origin& from = n.origins.front();
        return with_remark({{from.name, from.operator_type, from.opset, reason}}, remark);
    }

    static void refuse_bodies(const graph& g)
    {
        for (const auto& n : g.nodes()) {
            if (!n->op->bodies().empty()) {
                throw at_node(*n, "runs networks within the network, whose shapes are fixed",
                    "The open axes cannot be parameters: fix them with --dim");
            }
        }
    }

    graph made(const axis_extents& sizes) const
    {
        try {
            return at_(sizes);
        } catch (const failure& f) {
            throw with_remark(diagnostics_of(f),
                fmt::format(
                    "That is with {}; with {} it can be. Open axes are parameters on their own: fix some with --dim",
                    sizes_text(sizes), sizes_text(sizes_)));
        }
    }

    /// Compares with a sample in which every extent differs: odd extents, which reveal more, if the network accepts
    /// them.
    void compare_all_changed(const graph& first, const outlines& expected)
    {
        axis_extents sizes = all_changed(1);
        graph other;
        try {
            other = at_(sizes);
        } catch (const failure&) {
            sizes = all_changed(0);
            other = made(sizes);
        }
        compare(first, expected, other, sizes);
    }

    axis_extents all_changed(dim odd) const
    {
        axis_extents sizes;
        for (const parameter& p : parameters_) {
            sizes[p.axis] = p.is_count ? sample_count + 3 : 2 * p.sample + odd;
        }
        return sizes;
    }

    [[noreturn]] void refuse(const node& n, const axis_extents& sizes, const std::string& what) const
    {
        throw at_node(n, fmt::format("{} with {} and with {}", what, sizes_text(sizes_), sizes_text(sizes)),
            "The open axes cannot be parameters: fix some with --dim");
    }

    /// Records the attributes at these sizes; refuses the model if anything else differs from the first sample.
    void compare(const graph& first, const outlines& expected, const graph& other, const axis_extents& sizes)
    {
        const outlines found(other);
        const std::size_t nodes = std::min(expected.nodes().size(), found.nodes().size());
        for (std::size_t i = 0; i < nodes; ++i) {
            if (!expected.nodes()[i].is_like(found.nodes()[i])) {
                refuse(node_at(first, i), sizes, "becomes other layers");
            }
        }
        if (expected.nodes().size() != found.nodes().size()) {
            refuse(node_at(first, nodes ? nodes - 1 : 0), sizes, "is followed by other layers");
        }
        for (std::size_t k = 0; k < found.constants().size(); ++k) {
            if (const value &a = *expected.constants()[k], &b = *found.constants()[k];
                a.type != b.type || a.data->bytes != b.data->bytes) {
                refuse(first_reader(first, a), sizes,
                    fmt::format("its operand '{}' is a constant that differs", printable(a.name)));
            }
        }
        observe(found, sizes);
    }

    static const node& node_at(const graph& g, std::size_t position)
    {
        return **std::next(g.nodes().begin(), static_cast<std::ptrdiff_t>(position));
    }

    static const node& first_reader(const graph& g, const value& v)
    {
        const auto before = [](const reader& a, const reader& b) { return graph::comes_before(*a.node, *b.node); };
        return v.readers().empty() ? *g.nodes().front() : *std::ranges::min_element(v.readers(), before)->node;
    }

    void observe(const outlines& of, const axis_extents& sizes)
    {
        std::vector<dim> values;
        for (const parameter& p : parameters_) {
            values.push_back(sizes.at(p.axis));
        }
        for (std::size_t i = 0; i < of.nodes().size(); ++i) {
            for (const auto& [key, text] : of.nodes()[i].attributes) {
                found_[i][key].push_back({text, values, of.nodes()[i].operand});
            }
        }
        samples_.push_back(sizes);
    }

    void express(node& n, const std::map<std::string, std::vector<observation>>& attributes) const
    {
        for (const auto& [key, all] : attributes) {
            const bool same =
                all.size() == samples_.size() &&
                std::all_of(all.begin(), all.end(), [&](const observation& o) { return o.text == all.front().text; });
            if (same) {
                continue;
            }
            const auto text = all.size() == samples_.size() ? expression_of(all, parameters_) : std::nullopt;
            if (!text) {
                refuse(n, samples_.back(),
                    fmt::format("its '{}' differs in more than a sum or a product of extents", key));
            }
            n.expressions[key] = *text;
        }
    }

    /// Records which axes of the inputs and states are template parameters.
    void open(graph& g) const
    {
        g.parameters = parameters_;
        const auto name_axes = [&](const value* v) {
            for (const open_axis& a : axes_) {
                if (a.input == v->name) {
                    g.open_axes[v][a.axis] = find(a.name)->name;
                }
            }
        };
        for (const value* v : g.inputs) {
            name_axes(v);
        }
        for (const recurrent_state& f : g.states()) {
            name_axes(f.current);
        }
    }

    const std::vector<open_axis>& axes_;
    const std::function<graph(const axis_extents&)>& at_;
    std::vector<parameter> parameters_;
    axis_extents sizes_;  ///< of the first sample
    std::vector<axis_extents> samples_;
    std::vector<std::map<std::string, std::vector<observation>>> found_;  ///< by node and attribute
};

}  // namespace

graph generalized(const std::vector<open_axis>& axes, const std::function<graph(const axis_extents&)>& at)
{
    return generalizer(axes, at).run();
}

}  // namespace cameo::generator
