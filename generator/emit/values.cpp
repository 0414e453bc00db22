// Writes the inputs, states and layers of a graph as C++ types, in the order in which they run.
#include "emit/values.hpp"
#include "emit/literal.hpp"
#include "emit/parameters.hpp"
#include "support/failure.hpp"

namespace cameo::generator {

/// Writes one graph, or the body of an If or Loop, in the order in which it runs.
class value_writer::schedule_writer {
public:
    schedule_writer(value_writer& all, const graph& g) : all_(all), graph_(g) {}

    written_values run()
    {
        for (const value* v : graph_.inputs) {
            write_source(graph_.is_nested ? "borrowed" : "input", v);
        }
        for (const auto& [v, initial] : graph_.settings) {
            write("struct {} : cameo::setting<{}, {}> {{ {} }};\n", name_of(v), cpp_tensor_type(v->type),
                name_of(initial), place(v, v->name, name_of(v)));
        }
        for (const feedback& f : graph_.states) {
            write_source("state", f.state);
        }
        for (const auto& n : graph_.nodes) {
            write_node(*n);
        }
        result_.members = members();
        return std::move(result_);
    }

private:
    template <class... Argument>
    void write(fmt::format_string<Argument...> format, Argument&&... argument)
    {
        result_.text += fmt::format(format, std::forward<Argument>(argument)...);
    }

    const std::string& name_of(const value* v) const { return all_.values_.at(v); }
    std::string reference(const value* v) const { return v ? name_of(v) : "cameo::none"; }
    /// Tells whether extents are template parameters.
    bool is_sized() const { return !graph_.parameters.empty(); }

    void write_source(std::string_view kind, const value* v)
    {
        const auto open = graph_.open_axes.find(v);
        const std::string type =
            open == graph_.open_axes.end() ? cpp_tensor_type(v->type) : cpp_tensor_type(v->type, open->second);
        write("struct {} : cameo::{}<{}> {{ {} }};\n", name_of(v), kind, type, place(v, v->name, name_of(v)));
    }

    /// Writes the members that every value has: its position and its name in the file.
    std::string place(const value* v, const std::string& name, const std::string& identifier)
    {
        result_.steps.push_back(v);
        order_.push_back(identifier);
        return fmt::format("static constexpr int step = {}; static constexpr auto label = {};", order_.size() - 1,
            string_literal(name));
    }

    void write_node(const node& n)
    {
        count(n);
        const value* main = n.results[0];
        const std::string name = main ? name_of(main) : all_.names_.unique(n.origins.front().name, n.op->name());
        const std::string models = write_bodies(n, name);
        std::string further, operands;
        for (const value* v : n.operands) {
            operands += fmt::format("{}{}", operands.empty() ? "" : ", ", reference(v));
        }
        std::string attributes = attributes_of(n);
        std::size_t named = n.results.size();
        while (named > 1 && !n.results[named - 1]) {
            --named;
        }
        for (std::size_t k = 1; k < named; ++k) {
            if (const value* v = n.results[k]) {
                write("struct {} : cameo::{}<{}> {{ {} }};\n", name_of(v),
                    n.op->is_scratch(k) ? "scratch" : "further_result", further_type(n, k, operands, attributes),
                    place(v, v->name, name_of(v)));
            }
            further += fmt::format("{}{}", further.empty() ? "" : ", ", reference(n.results[k]));
        }
        if (attributes.empty() && !further.empty()) {
            attributes = fmt::format(", {}_attributes{{}}", n.op->qualified_name());
        }
        if (!further.empty()) {
            attributes += fmt::format(", cameo::into<{}>", further);
        }
        std::string origins;
        for (const origin& o : n.origins) {
            origins +=
                fmt::format("{}{} '{}'", origins.empty() ? "" : " + ", comment(o.operator_type), comment(o.name));
        }
        write("struct {} : {}<{}, cameo::from<{}>{}{}> {{ {} }};  // {}\n", name, n.op->qualified_name(),
            main ? result_of(*main) : "cameo::absent", operands, models, attributes,
            place(main, main ? main->name : n.origins.front().name, name), origins);
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

    /// Writes the models that a layer runs, before the layer. Returns ", cameo::list<their names>", or nothing.
    std::string write_bodies(const node& n, const std::string& name)
    {
        std::string models;
        for (const graph* body : n.op->bodies()) {
            const std::string model = all_.names_.unique(fmt::format("{}_{}", name, body->name), "body");
            const written_values values = all_.write(*body);
            write("struct {} {{\n{}{}}};\n", model, indented(values.text), values.members);
            models += fmt::format("{}{}", models.empty() ? "" : ", ", model);
        }
        return models.empty() ? "" : fmt::format(", cameo::list<{}>", models);
    }

    /// Writes the type of a result; in a network with open axes only its storage, from which the compiler derives the
    /// type.
    std::string result_of(const value& v) const
    {
        return is_sized() ? cpp_storage(v.type.storage) : cpp_tensor_type(v.type);
    }

    std::string further_type(
        const node& n, std::size_t k, const std::string& operands, const std::string& attributes) const
    {
        const tensor_type& type = n.results[k]->type;
        if (!is_sized()) {
            return cpp_tensor_type(type);
        }
        const std::string derived = fmt::format(
            "cameo::derived<{}, {}_spec, cameo::from<{}>{}>", k, n.op->qualified_name(), operands, attributes);
        return type.storage == storage{} ? derived : fmt::format("{}.stored({})", derived, cpp_storage(type.storage));
    }

    /// Writes ", cameo::conv_attributes{…}", or nothing if all attributes have their defaults.
    std::string attributes_of(const node& n) const
    {
        std::string text;
        n.op->each_attribute([&](std::string_view key, std::string value) {
            if (const auto expression = n.expressions.find(std::string(key)); expression != n.expressions.end()) {
                value = in_terms_of_operand(expression->second, n);
            }
            text += fmt::format("{}.{} = {}", text.empty() ? "" : ", ", key, value);
        });
        return text.empty() ? "" : fmt::format(", {}_attributes{{{}}}", n.op->qualified_name(), text);
    }

    std::string in_terms_of_operand(std::string expression, const node& n) const
    {
        for (std::size_t at = 0; (at = expression.find("$0", at)) != std::string::npos;) {
            expression.replace(at, 2, reference(n.operands[0]));
        }
        return expression;
    }

    std::string members() const
    {
        std::string text = fmt::format("    using inputs = cameo::list<{}>;\n    using outputs = cameo::list<{}>;\n    "
                                       "static constexpr int steps = {};\n",
            listed(graph_.inputs, all_.values_), listed(graph_.outputs, all_.values_), order_.size());
        if (!graph_.settings.empty()) {
            text += fmt::format("    using settings = cameo::list<{}>;\n", listed_settings());
        }
        if (const std::string list = kept(); !list.empty()) {
            text += fmt::format("    using kept = cameo::list<{}>;\n", list);
        }
        text += "    static constexpr void schedule(auto visit)\n    {\n";
        for (const std::string& name : order_) {
            text += fmt::format("        visit({}{{}});\n", name);
        }
        return text + "    }\n";
    }

    std::string listed_settings() const
    {
        std::vector<value*> all;
        for (const setting& s : graph_.settings) {
            all.push_back(s.input);
        }
        return listed(all, all_.values_);
    }

    /// Lists each state with the value that it becomes for the next run.
    std::string kept() const
    {
        std::string text;
        for (const auto& [state, next] : graph_.states) {
            if (next) {
                text +=
                    fmt::format("{}cameo::feedback<{}, {}>", text.empty() ? "" : ", ", name_of(state), name_of(next));
            }
        }
        return text;
    }

    value_writer& all_;
    const graph& graph_;
    std::vector<std::string> order_;
    written_values result_;
};

written_values value_writer::write(const graph& g) { return schedule_writer(*this, g).run(); }

}  // namespace cameo::generator
