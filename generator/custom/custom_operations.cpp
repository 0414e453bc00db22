// Compiles the user's operators (--custom) to a shared library, and wraps each node's as an operation of the graph.
#include "custom/custom_operations.hpp"
#include "graph/signature.hpp"
#include "model/bodies.hpp"
#include "support/failure.hpp"
#include "support/output_files.hpp"
#include "toolchain/compiler.hpp"
#include "toolchain/temporary_directory.hpp"
#include <algorithm>
#include <cameo/custom/plugin.hpp>
#include <dlfcn.h>

namespace cameo::generator {

namespace {

/// Quotes the name of a header for an #include line.
std::string quoted_include(const std::filesystem::path& header)
{
    const std::string text = header.string();
    if (text.find_first_of("\"\\\n") != std::string::npos) {
        throw failure("--include {}: a program cannot include a header of this name", printable(text));
    }
    return '"' + text + '"';
}

/// Writes the C++ of a node's plugin, such as "cameo::plugin_of<my::scale_spec, [] { my::scale_attributes a{}; a.by =
/// 2.0; return a; }()>". Attributes are assigned by name, since a file does not list them in the order of their
/// declaration.
std::string plugin_text(const custom_operator& o, const named_texts& attributes)
{
    std::string assignments;
    for (const auto& [name, value] : attributes) {
        assignments += fmt::format("a.{} = {}; ", name, value);
    }
    return fmt::format(
        "cameo::plugin_of<{0}_spec, [] {{ {0}_attributes a{{}}; {1}return a; }}()>", o.type, assignments);
}

/// Sorts attributes into the order in which the user's type declares them.
named_texts in_order(named_texts attributes, const plugin& p)
{
    std::vector<std::string> names;
    p.each_attribute(
        [](void* with, std::string_view name) { static_cast<std::vector<std::string>*>(with)->emplace_back(name); },
        &names);
    const auto place = [&](const auto& attribute) { return std::find(names.begin(), names.end(), attribute.first); };
    std::sort(attributes.begin(), attributes.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
    return attributes;
}

/// An operation whose shape rule and plain definition come from the compiled library.
class custom_operation final : public operation {
public:
    custom_operation(const custom_operator& o, named_texts attributes,
        const std::vector<std::filesystem::path>& headers, const plugin& p, std::shared_ptr<const void> library)
        : type_(o.type), attributes_(in_order(std::move(attributes), p)), headers_(headers), plugin_(p),
          library_(std::move(library))
    {
    }

    std::unique_ptr<operation> clone() const override { return std::make_unique<custom_operation>(*this); }
    std::string_view name() const override
    {
        const std::string_view type = type_;
        return type.substr(type.rfind(':') + 1);  // npos + 1 is 0
    }
    bool is_constexpr() const override { return false; }
    std::string qualified_name() const override { return type_; }
    std::vector<std::string> headers() const override
    {
        std::vector<std::string> lines;
        for (const auto& header : headers_) {
            lines.push_back(quoted_include(header.filename()));
        }
        return lines;
    }
    std::optional<std::string> problem(const types& operands) const override
    {
        const char* text = plugin_.problem(operands);
        return text ? std::optional<std::string>(text) : std::nullopt;
    }
    types results(const types& operands) const override
    {
        types all(most_results);
        all.resize(plugin_.results(operands, all));
        return all;
    }
    void evaluate(const std::vector<const tensor*>& operands, std::vector<tensor>& results, budget&) const override
    {
        with_memory(
            operands, results, [this](const auto&... types_and_memory) { plugin_.evaluate(types_and_memory...); });
    }
    void each_attribute(const visitor& visit) const override
    {
        for (const auto& [name, value] : attributes_) {
            visit(name, value);
        }
    }
    dim multiplications(const types& operands) const override { return plugin_.multiplications(operands); }
    dim work(const types& operands) const override
    {
        dim elements = 0;
        for (const tensor_type& t : operands) {
            elements += t.shape.count();
        }
        return std::max(elements, multiplications(operands));
    }
    bool is_view() const override { return false; }
    bool is_scratch(std::size_t) const override { return false; }

private:
    static constexpr std::size_t most_results = 16;

    std::string type_;
    named_texts attributes_;
    std::vector<std::filesystem::path> headers_;
    const plugin& plugin_;
    std::shared_ptr<const void> library_;  ///< the plugin lies in it
};

}  // namespace

/// The loaded shared library, which owns the plugins in it.
class custom_operations::library {
public:
    explicit library(const std::filesystem::path& file) : handle_(dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL))
    {
        if (!handle_) {
            throw failure("--custom: {}", dlerror());
        }
    }
    ~library() { dlclose(handle_); }
    library(const library&) = delete;
    library& operator=(const library&) = delete;

    const plugin& at(std::size_t number) const
    {
        const auto* const all = static_cast<const plugin* const*>(dlsym(handle_, "cameo_plugins"));
        if (!all || all[number]->abi != abi || all[number]->size_of_type != sizeof(tensor_type)) {
            throw failure("--custom: the library's headers are of another version than this program: give those that "
                          "belong to it with --include DIR");
        }
        return *all[number];
    }

private:
    void* handle_;
};

namespace {

/// Compiles a source only once in this process: commands import a model more than once.
template <class Library>
std::shared_ptr<const Library> compiled(const std::string& source, const custom_options& options)
{
    static std::map<std::string, std::shared_ptr<const Library>> known;
    auto& made = known[source];
    if (made) {
        return made;
    }
    const temporary_directory directory;
    const std::filesystem::path file = directory.path() / "plugins.cpp", object = directory.path() / "plugins.so";
    output_files files;
    files.add(file, source);
    files.commit();
    compiler(options.directories, directory.path())
        .run({"-O1", "-fPIC", "-shared", file.string(), "-o", object.string()});
    return made = std::make_shared<const Library>(object);
}

}  // namespace

custom_operations::custom_operations(const model& m, custom_options options) : options_(std::move(options))
{
    std::string plugins;
    const auto add = [&](const onnx::NodeProto& node) {
        for (const custom_operator& o : options_.operators) {
            if (!o.takes(node)) {
                continue;
            }
            const std::string text = plugin_text(o, attributes_of(node, o));
            if (numbers_.try_emplace(text, numbers_.size()).second) {
                plugins += fmt::format("    &{},\n", text);
            }
        }
    };
    each_node(m.proto.graph().node(), add);
    for (const auto& function : m.proto.functions()) {
        each_node(function.node(), add);
    }
    if (numbers_.empty()) {
        return;
    }
    std::string source = "#include <cameo/custom/plugin.hpp>\n";
    for (const auto& header : options_.headers) {
        source += fmt::format("#include {}\n", quoted_include(std::filesystem::absolute(header)));
    }
    source += fmt::format("\nextern \"C\" const cameo::plugin* const cameo_plugins[];\nconst cameo::plugin* const "
                          "cameo_plugins[] = {{\n{}}};\n",
        plugins);
    library_ = compiled<library>(source, options_);
}

bool custom_operations::takes(const onnx::NodeProto& node) const
{
    return std::any_of(
        options_.operators.begin(), options_.operators.end(), [&](const custom_operator& o) { return o.takes(node); });
}

std::unique_ptr<operation> custom_operations::make(const onnx::NodeProto& node) const
{
    const custom_operator& o = *std::find_if(options_.operators.begin(), options_.operators.end(),
        [&](const custom_operator& each) { return each.takes(node); });
    named_texts attributes = attributes_of(node, o);
    const auto number = numbers_.find(plugin_text(o, attributes));
    if (number == numbers_.end()) {
        throw failure("a custom operator within a function cannot have attributes of the function's caller");
    }
    return std::make_unique<custom_operation>(
        o, std::move(attributes), options_.headers, library_->at(number->second), library_);
}

}  // namespace cameo::generator
