// Writes weights as declarations, and their numbers or bytes apart from them.
#include "emit/weights.hpp"
#include "emit/assembler.hpp"
#include "emit/escape.hpp"
#include "emit/figures.hpp"
#include "emit/literal.hpp"
#include "emit/remarks.hpp"
#include "graph/constant_layers.hpp"
#include "support/sha256.hpp"
#include <algorithm>
#include <cameo/network/interface.hpp>

namespace cameo::generator {

namespace {

/// The beginning of a weights file: SHA-256 of what follows, in hexadecimal. It is as long as weights are aligned.
constexpr std::size_t digest_bytes = alignment;

class weight_writer {
public:
    weight_writer(const emit_options& options, emitted& to) : options_(options), to_(to) {}

    /// Adds a weight. One that the compiler reads has its numbers in the header.
    void add(const value& v, const std::string& name, const std::string& remark, bool compiler_reads)
    {
        to_.weight_bytes += v.data->bytes.size();
        declarations_ += remark.empty() ? "" : fmt::format("// {}\n", remark);
        if (options_.weights == weight_form::inline_literals || v.data->bytes.empty() || compiler_reads) {
            add_literals(v, name);
            return;
        }
        std::string& bytes = to_.weights;
        if (has_file() && bytes.empty()) {
            bytes.resize(digest_bytes);
        }
        bytes.resize((bytes.size() + alignment - 1) / alignment * alignment);
        declarations_ +=
            fmt::format("struct {} : cameo::weight<{}, blob, {}> {{}};\n", name, cpp_tensor_type(v.type), bytes.size());
        bytes.append(reinterpret_cast<const char*>(v.data->bytes.data()), v.data->bytes.size());
    }

    weights_text finish()
    {
        if (has_file() && !to_.weights.empty()) {
            std::ranges::copy(sha256(std::string_view(to_.weights).substr(digest_bytes)), to_.weights.begin());
        }
        weights_text text{to_.weights.empty() ? "" : blob(), std::move(values_)};
        if (!declarations_.empty()) {
            text.declarations +=
                fmt::format("\n// Weights: type{}.{}\n{}", to_.weights.empty() ? "" : ", place in the blob",
                    text.values.empty() ? "" : " The numbers stand at the end of this file.", declarations_);
        }
        if (!text.values.empty()) {
            text.values.insert(0, "\n// The numbers of the weights.\n");
        }
        if (options_.weights == weight_form::string) {
            to_.weights.clear();
        }
        return text;
    }

private:
    bool has_file() const { return options_.weights == weight_form::object || options_.weights == weight_form::file; }

    /// Declared first and defined at the end: whoever opens the header reads the network before its numbers.
    void add_literals(const value& v, const std::string& name)
    {
        const std::string_view type = names_of(v.type.element).cpp;
        const std::size_t count = std::max(index(stored_count(v.type)), std::size_t{1});
        declarations_ +=
            fmt::format("struct {} : cameo::constant<{}> {{\n    alignas(cameo::alignment) static const {} "
                        "values[{}];\n}};\n",
                name, cpp_tensor_type(v.type), type, count);
        values_ += fmt::format("alignas(cameo::alignment) inline constexpr {} {}::values[{}] = {{{}\n}};\n", type, name,
            count, literals(*v.data));
    }

    /// Where the bytes are.
    std::string blob()
    {
        const std::string title =
            fmt::format("\n// The weights, {} bytes.{}\n", grouped(static_cast<dim>(to_.weights.size())),
                options_.weights == weight_form::object
                    ? fmt::format(" An assembler file puts {} into the program.", comment(options_.weights_file))
                    : "");
        if (options_.weights == weight_form::file) {
            return options_.split_header.empty() ? title + blob_of_file(options_, to_.weights) : "";
        }
        if (options_.weights == weight_form::string) {
            const std::size_t count = to_.weights.size() + 1;
            values_ += fmt::format("alignas(cameo::alignment) inline constexpr char blob::values[{}] ={};\n", count,
                string_literals(to_.weights));
            return fmt::format(
                "{}struct blob {{\n    alignas(cameo::alignment) static const char values[{}];\n    static "
                "const char* data() noexcept {{ return values; }}\n}};\n",
                title, count);
        }
        to_.assembler = assembler_of(options_, to_.weights);
        return fmt::format("{}struct blob {{\n    static const unsigned char* data() noexcept {{ return {}; }}\n}};\n",
            title, weights_symbol(options_, to_.weights));
    }

    const emit_options& options_;
    emitted& to_;
    std::string declarations_, values_;
};

}  // namespace

std::string weights_symbol(const emit_options& options, std::string_view weights)
{
    return fmt::format("{}_weights_{}", options.name, weights.substr(0, 16));
}

std::string blob_of_file(const emit_options& options, std::string_view weights)
{
    return fmt::format("// They are in {0}. Give them to the program before the first run: blob::place = their "
                       "address, a multiple of {1}. Bytes of another file end the program.\n"
                       "struct blob {{\n    static constexpr std::size_t bytes = {2};\n    static constexpr "
                       "std::string_view file = {3};\n    // SHA-256 of the weights.\n    static constexpr "
                       "std::string_view digest = \"{4}\";\n"
                       "    static inline cameo::weights_file<blob> place;\n    static const std::byte* data() "
                       "noexcept {{ return place.data(); }}\n}};\n",
        comment(options.weights_file), alignment, weights.size(), string_literal(options.weights_file),
        weights.substr(0, digest_bytes));
}

weights_text write_weights(const graph& g, const emit_options& options, const value_names& names, emitted& to)
{
    weight_writer writer(options, to);
    const std::map<const value*, std::string> remarks = remarks_on_weights(g, names);
    std::set<const node*> constant;
    each_graph(g, [&](const graph& one) { constant.merge(constant_layers(one)); });
    for (const value* v : g.constants()) {
        if (v->elements) {
            continue;  // stands before the layer that reads it
        }
        const auto remark = remarks.find(v);
        const bool compiler_reads =
            std::ranges::any_of(v->readers(), [&](const reader& r) { return constant.contains(r.node); });
        writer.add(*v, names.at(v), remark == remarks.end() ? "" : remark->second, compiler_reads);
    }
    return writer.finish();
}

}  // namespace cameo::generator
