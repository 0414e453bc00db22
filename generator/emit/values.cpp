// Writes a struct for each value of a graph.
#include "emit/values.hpp"
#include "emit/escape.hpp"
#include "emit/layer_text.hpp"
#include "emit/literal.hpp"
#include "emit/members.hpp"
#include "emit/parameters.hpp"
#include "emit/remarks.hpp"
#include "graph/constant_layers.hpp"
#include "support/indented.hpp"

namespace cameo::generator {

/// Writes one graph, in the order in which it runs.
class value_writer::schedule_writer {
public:
    schedule_writer(value_writer& all, const graph& g) : all_(all), graph_(g), constant_(constant_layers(g)) {}

    written_values run()
    {
        for (const value* v : graph_.inputs) {
            write_source(graph_.is_nested ? "borrowed" : "input", v);
        }
        for (const auto& [v, initial] : graph_.overridable_inputs) {
            write_value(v, name_of(v),
                fmt::format("cameo::overridable_input<{}, {}>", cpp_tensor_type(v->type), name_of(initial)));
        }
        for (const recurrent_state& f : graph_.states()) {
            write_source("state", f.current);
        }
        for (const auto& n : graph_.nodes()) {
            write_node(*n);
        }
        result_.members = members_text(graph_, all_.identifiers_, order_);
        return std::move(result_);
    }

private:
    const std::string& name_of(const value* v) const { return all_.identifiers_.at(v); }

    void write_source(std::string_view kind, const value* v)
    {
        std::map<int, std::string> extents;
        if (const auto open = graph_.open_axes.find(v); open != graph_.open_axes.end()) {
            for (const auto& [axis, extent] : open->second) {
                extents[axis] = written(extent, all_.identifiers_);
            }
        }
        write_value(v, name_of(v), fmt::format("cameo::{}<{}>", kind, cpp_tensor_type(v->type, extents)));
    }

    /// A value with the members that each has: its position, and its name in the file.
    void write_value(const value* v, const std::string& name, const std::string& base)
    {
        result_.text += fmt::format(
            "struct {} : {} {{\n    static constexpr int step = {};\n    static constexpr auto label = {};\n{}}};\n",
            name, base, order_.size(), string_literal(v ? all_.labels_of_values_.at(v) : all_.labels_.make(name)),
            v && constant_.contains(v->producer()) ? "    static constexpr bool is_constant = true;\n" : "");
        result_.steps.push_back(v);
        order_.push_back(name);
    }

    /// Writes the constants that depend on template parameters.
    void write_constants_of(const node& n)
    {
        for (const value* v : n.operands()) {
            if (v && v->elements && written_.insert(v).second) {
                result_.text +=
                    fmt::format("\nstruct {} : cameo::constant<{}> {{\n    alignas(cameo::alignment) static "
                                "constexpr {} values[] = {{{}}};\n}};\n",
                        name_of(v), cpp_tensor_type(v->type), names_of(v->type.element).cpp,
                        written(*v->elements, all_.identifiers_));
            }
        }
    }

    void write_node(const node& n)
    {
        count(n);
        write_constants_of(n);
        const value* main = n.result();
        const std::string name = main ? name_of(main) : all_.names_.unique(n.origins.front().name, n.op->name());
        result_.text += fmt::format("\n// {}\n", remark_on_layer(n));
        const std::string models = write_bodies(n, name);
        const layer_text layer(n, all_.identifiers_, !graph_.parameters.empty());
        for (std::size_t k = 1; k <= layer.secondary_outputs().size(); ++k) {
            if (const value* v = n.results()[k]) {
                write_value(v, name_of(v), layer.further_base(k, models));
            }
        }
        write_value(main, name, layer.base(models));
    }

    void count(const node& n)
    {
        ++all_.layers_;
        if (!graph_.is_nested) {
            all_.multiplications_ += n.op->multiplications(n.operand_types());
        }
        for (std::string& header : n.op->headers()) {
            all_.includes_.insert(std::move(header));
        }
    }

    /// Writes the models that a layer runs; their names.
    std::string write_bodies(const node& n, const std::string& name)
    {
        std::string models;
        for (const graph* body : n.op->bodies()) {
            const std::string model = all_.names_.unique(fmt::format("{}_{}", name, body->name), "body");
            const written_values values = all_.write(*body);
            result_.text += fmt::format("struct {} {{\n{}\n{}}};\n\n", model, indented(values.text), values.members);
            models += fmt::format("{}{}", models.empty() ? "" : ", ", model);
        }
        return models;
    }

    value_writer& all_;
    const graph& graph_;
    std::vector<std::string> order_;
    std::set<const node*> constant_;  ///< layers that the compiler can compute
    std::set<const value*> written_;  ///< constants that depend on template parameters
    written_values result_;
};

written_values value_writer::write(const graph& g) { return schedule_writer(*this, g).run(); }

}  // namespace cameo::generator
