// Writes the weights of a network as literals, as a string, or as a blob in a file with a digest at its start.
#include "emit/weights.hpp"
#include "emit/assembler.hpp"
#include "emit/literal.hpp"
#include "emit/names.hpp"
#include "support/failure.hpp"
#include "support/sha256.hpp"
#include <algorithm>
#include <cameo/network/interface.hpp>

namespace cameo::generator {

namespace {

/// A weights file begins with the SHA-256 of what follows, in hexadecimal: its 64 characters keep the weights aligned.
constexpr std::size_t digest_bytes = alignment;

class weight_writer {
public:
    weight_writer(const emit_options& options, emitted& to) : options_(options), to_(to) {}

    void add(const value& v, const std::string& name)
    {
        const std::string type = cpp_tensor_type(v.type);
        to_.weight_bytes += v.data->bytes.size();
        if (options_.weights == weight_form::inline_literals || v.data->bytes.empty()) {
            text_ += fmt::format("struct {} : cameo::constant<{}> {{\n    alignas(cameo::alignment) static constexpr "
                                 "{} values[] = {{{}}};\n}};\n",
                name, type, names_of(v.type.element).cpp, v.data->bytes.empty() ? "{}" : literals(*v.data));
            return;
        }
        std::string& bytes = to_.weights;
        if (has_file(options_) && bytes.empty()) {
            bytes.resize(digest_bytes);
        }
        bytes.resize((bytes.size() + alignment - 1) / alignment * alignment);
        text_ += fmt::format("struct {} : cameo::weight<{}, blob, {}> {{}};\n", name, type, bytes.size());
        bytes.append(reinterpret_cast<const char*>(v.data->bytes.data()), v.data->bytes.size());
    }

    std::string finish()
    {
        if (has_file(options_) && !to_.weights.empty()) {
            std::ranges::copy(sha256(std::string_view(to_.weights).substr(digest_bytes)), to_.weights.begin());
        }
        std::string text = to_.weights.empty() ? "" : blob();
        if (!text_.empty()) {
            text += fmt::format("\n// Weights: type{}.\n{}",
                options_.weights == weight_form::inline_literals ? "" : ", place in the blob", text_);
        }
        if (options_.weights == weight_form::string) {
            to_.weights.clear();
        }
        return text;
    }

private:
    static bool has_file(const emit_options& options)
    {
        return options.weights == weight_form::object || options.weights == weight_form::file;
    }

    std::string blob()
    {
        const std::string title = fmt::format("\n// The weights, {} bytes.\n", to_.weights.size());
        if (options_.weights == weight_form::file) {
            return options_.split_header.empty() ? title + blob_of_file(options_, to_.weights) : "";
        }
        if (options_.weights == weight_form::string) {
            return fmt::format("{}alignas(cameo::alignment) inline constexpr char blob_bytes[] ={};\nstruct blob {{\n  "
                               "  static const char* data() noexcept {{ return blob_bytes; }}\n}};\n",
                title, string_literals(to_.weights));
        }
        to_.assembler = assembler_of(options_, to_.weights);
        return fmt::format("{}struct blob {{\n    static const unsigned char* data() noexcept {{ return {}; }}\n}};\n",
            title, weights_symbol(options_, to_.weights));
    }

    const emit_options& options_;
    emitted& to_;
    std::string text_;
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
                       "std::string_view file = {3}, digest = \"{4}\";  // SHA-256 of the weights\n"
                       "    static inline cameo::weights_file<blob> place;\n    static const std::byte* data() "
                       "noexcept {{ return place.data(); }}\n}};\n",
        comment(options.weights_file), alignment, weights.size(), string_literal(options.weights_file),
        weights.substr(0, digest_bytes));
}

std::string write_weights(
    const graph& g, const emit_options& options, const std::map<const value*, std::string>& names, emitted& to)
{
    weight_writer writer(options, to);
    for (const value* v : g.constants()) {
        writer.add(*v, names.at(v));
    }
    return writer.finish();
}

}  // namespace cameo::generator
