// Puts a header together, in the order in which people read it.
#include "emit/header.hpp"
#include "emit/columns.hpp"
#include "emit/identity.hpp"
#include "emit/parameters.hpp"
#include "emit/split.hpp"
#include "emit/title.hpp"
#include "emit/values.hpp"
#include "emit/weights.hpp"
#include "support/indented.hpp"

namespace cameo::generator {

namespace {

/// Writes one header, or the source file of a split one. Every step appends to `text`, in the order in which the header
/// reads.
class header_writer {
public:
    header_writer(const graph& g, const emit_options& options)
        : graph_(g), options_(options), values_(g),
          space_(options.split_header.empty() ? options.name : options.name + "::kernels")
    {
    }

    emitted run()
    {
        // The body first: its figures stand in the title.
        weights_text weights = write_weights(graph_, options_, values_.names(), result_);
        text_ = std::move(weights.declarations);
        write_model();
        write("{}", net_text(graph_, values_.names(), space_, fmt::format("cameo::network<{}>", model_of(graph_))));
        const std::string body = std::move(text_);
        text_.clear();
        write_beginning();
        text_ += body + weights.values + fmt::format("\n}}  // namespace {}\n", space_);
        result_.header = within_columns(text_);
        if (!options_.split_header.empty()) {
            split();
        }
        return std::move(result_);
    }

private:
    template <class... Argument>
    void write(fmt::format_string<Argument...> format, Argument&&... argument)
    {
        text_ += fmt::format(format, std::forward<Argument>(argument)...);
    }

    /// The header so far is the source file; the interface takes its place.
    void split()
    {
        result_.source = std::move(result_.header) + within_columns(split_functions(options_.name));
        result_.header = within_columns(split_interface(graph_, options_, values_.names(), result_));
    }

    /// The title, and what stands before the first value.
    void write_beginning()
    {
        if (options_.split_header.empty()) {
            text_ += title_text(graph_, options_, values_.names(), result_);
            write("#pragma once\n{}#include <cameo/network/network.hpp>\n", includes_of_interface);
        } else {
            text_ += source_title(options_);
            write("#include \"{}\"\n#include <cameo/network/split_source.hpp>\n", options_.split_header);
        }
        if (options_.weights == weight_form::file && !result_.weights.empty() && options_.split_header.empty()) {
            write("#include <cameo/network/weights_file.hpp>\n");
        }
        for (const std::string& include : values_.includes()) {
            write("#include {}\n", include);
        }
        write("\n{}", check_of_abi());
        if (options_.weights == weight_form::object && !result_.weights.empty()) {
            write("\nextern \"C\" const unsigned char {}[];\n", weights_symbol(options_, result_.weights));
        }
        write("\nnamespace {}::inline CAMEO_TARGET {{\n", space_);
    }

    /// Where extents are template parameters, values are members of the model.
    void write_model()
    {
        const bool sized = !graph_.parameters.empty();
        written_values values = values_.write(graph_);
        result_.schedule = std::move(values.steps);
        result_.layers = values_.layers();
        result_.multiplications = values_.multiplications();
        const std::string text =
            fmt::format("\n// Inputs, {}then layers in the order in which they run: result, operands, attributes.\n{}",
                graph_.states().empty() ? "" : "what is kept from one run to the next, ", values.text);
        if (!sized) {
            text_ += text;
        }
        write("\n// What the network is.\n{}struct model {{\n{}", template_of(graph_), identity_of(graph_, options_));
        write("    static constexpr std::size_t weight_bytes = {};\n", result_.weight_bytes);
        if (sized) {
            write(
                "    using sizes = std::integer_sequence<cameo::dim, {}>;\n{}\n", arguments_of(graph_), indented(text));
        }
        text_ += values.members + "};\n";
    }

    const graph& graph_;
    const emit_options& options_;
    value_writer values_;
    std::string space_;  ///< the namespace
    std::string text_;
    emitted result_;
};

}  // namespace

emitted emit(const graph& g, const emit_options& options) { return header_writer(g, options).run(); }

}  // namespace cameo::generator
