// Writes the lines that show how a network is called.
#include "emit/usage.hpp"
#include "emit/code_lines.hpp"
#include "emit/escape.hpp"
#include "emit/extents.hpp"
#include "emit/figures.hpp"
#include "emit/literal.hpp"
#include "emit/parameters.hpp"
#include "emit/title.hpp"
#include <algorithm>
#include <cameo/network/interface.hpp>

namespace cameo::generator {

namespace {

/// Lines of code, each with a remark behind it.
class usage_writer {
public:
    usage_writer(const graph& g, const emit_options& options, const value_names& names, const emitted& e)
        : graph_(g), options_(options), names_(names),
          has_weights_file_(options.weights == weight_form::file && !e.weights.empty())
    {
    }

    std::string run()
    {
        if (has_weights_file_) {
            add(options_.name + "::blob::place = weights;",
                fmt::format(
                    "the address of the bytes of {}, a multiple of {}", comment(options_.weights_file), alignment));
        }
        add(fmt::format("static {}::net{} net;", options_.name, sizes()), remark_on_object());
        constexpr std::size_t most = 4;
        if (graph_.inputs.size() <= most && !graph_.outputs().empty() && graph_.outputs().size() <= most) {
            call();
        } else {
            fill_in_place();
        }
        if (!graph_.overridable_inputs.empty() && graph_.overridable_inputs.front().input->type.shape.count() > 0) {
            add(fmt::format("net.input<{}>()[0] = 1;", member(graph_.overridable_inputs.front().input)),
                "an input with a default, until it is written again");
        }
        if (!graph_.states().empty()) {
            add("net.reset();", "what is kept from one call to the next is zero again");
        }
        return text();
    }

private:
    void add(std::string code, std::string remark) { lines_.emplace_back(std::move(code), std::move(remark)); }

    std::string_view sizes() const { return graph_.parameters.empty() ? "" : "<>"; }

    std::string remark_on_object() const
    {
        if (graph_.parameters.empty()) {
            return grouped(static_cast<dim>(object_bytes(graph_))) + " bytes: activations live in the object";
        }
        std::string defaults;
        for (const parameter& p : graph_.parameters) {
            defaults += fmt::format("{}{}", defaults.empty() ? "" : ", ", p.otherwise());
        }
        return fmt::format("net<{}>, and {} by default", arguments_of(graph_), defaults);
    }

    /// A value of the network, as a type.
    std::string member(const value* v) const
    {
        return fmt::format("{}::{}{}", options_.name, graph_.parameters.empty() ? "" : "model<>::", names_.at(v));
    }

    /// What can be read of a result: where sizes are open, the caller knows them.
    std::string remark_on_result(const value* v) const
    {
        const shape& s = v->type.shape;
        const std::string& name = names_.at(v);
        if (!graph_.parameters.empty() || s.count() == 0 || s.rank == 0) {
            return fmt::format("{}.size() elements, by position or from {}.begin()", name, name);
        }
        std::string last;
        for (int axis = 0; axis < s.rank; ++axis) {
            last += fmt::format("{}{}", axis ? ", " : "", s[axis] - 1);
        }
        const std::string_view is = s.count() == 1 ? "" : " is the last";
        return fmt::format("{}: {}({}){}", extents_of(graph_, v), name, last, is);
    }

    void call()
    {
        std::string arguments;
        for (const value* v : graph_.inputs) {
            const std::string& name = names_.at(v);
            add(fmt::format(
                    "static std::array<{}, {}> {};", names_of(v->type.element).cpp, default_count(graph_, v), name),
                extents_of(graph_, v));
            arguments += fmt::format("{}.{} = {}", arguments.empty() ? "" : ", ", name, name);
        }
        if (graph_.inputs.size() == 1 && graph_.outputs().size() == 1) {
            add(fmt::format("const auto {} = net({});", names_.at(graph_.outputs()[0]), names_.at(graph_.inputs[0])),
                remark_on_result(graph_.outputs()[0]));
        } else {
            add(fmt::format("const auto [{}] = net({{{}}});", listed(graph_.outputs(), names_), arguments),
                remark_on_result(graph_.outputs()[0]));
        }
    }

    /// Of many inputs and outputs the first.
    void fill_in_place()
    {
        if (!graph_.inputs.empty() && default_count(graph_, graph_.inputs[0]) > 0) {
            add(fmt::format("net.input<{}>()[0] = 1;", member(graph_.inputs[0])),
                fmt::format(
                    "{}; {} inputs are filled in place", extents_of(graph_, graph_.inputs[0]), graph_.inputs.size()));
        }
        add("net.run();", "");
        if (graph_.outputs().empty()) {
            return;
        }
        add(fmt::format(
                "const auto {} = net.output<{}>();", names_.at(graph_.outputs()[0]), member(graph_.outputs()[0])),
            remark_on_result(graph_.outputs()[0]));
    }

    /// Remarks stand below each other, where the lines leave room for them.
    std::string text() const
    {
        constexpr std::size_t most = 50;
        std::size_t width = 0;
        for (const auto& [code, remark] : lines_) {
            width = std::max(width, code.size() <= most ? code.size() : 0);
        }
        std::string all;
        for (const auto& [code, remark] : lines_) {
            const std::string line = fmt::format("//     {:{}}  // {}", code, width, remark);
            all += (remark.empty() || line.size() > columns ? "//     " + code : line) + '\n';
        }
        return all;
    }

    const graph& graph_;
    const emit_options& options_;
    const value_names& names_;
    bool has_weights_file_;
    std::vector<std::pair<std::string, std::string>> lines_;
};

}  // namespace

std::string usage_text(const graph& g, const emit_options& options, const value_names& names, const emitted& e)
{
    return usage_writer(g, options, names, e).run();
}

}  // namespace cameo::generator
