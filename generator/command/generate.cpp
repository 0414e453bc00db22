#include "command/command.hpp"
#include "emit/names.hpp"
#include "plan/plan.hpp"
#include <fstream>
#include <iostream>

namespace cameo::generator {

namespace {

struct generate_options {
    model_options model;
    std::filesystem::path output;
    std::filesystem::path depfile;
    std::string name;
    std::string weights = "auto";
    std::string dump;
};

/// Literals while they are readable and compile quickly, then string literals, then an object file (docs/architecture.md has the measurements).
weight_form choose_form(const std::string& given, const graph& g)
{
    if (given == "inline") return weight_form::inline_literals;
    if (given == "string") return weight_form::string;
    if (given == "object") return weight_form::object;
    if (given == "file") return weight_form::file;
    std::size_t bytes = 0;
    for (const auto& n : g.nodes)
        for (const value* v : n->operands)
            if (v && v->data) bytes += v->data->bytes.size();
    return bytes <= 160'000 ? weight_form::inline_literals : bytes <= 2'000'000 ? weight_form::string : weight_form::object;
}

/// What the header is made of, as make and Ninja read it.
std::string dependencies(const generate_options& o, const graph& g)
{
    const auto escaped = [](const std::string& path) {
        std::string text;
        for (const char c : path) {
            if (c == '$') text += '$';
            if (c == ' ' || c == '#') text += '\\';
            text += c;
        }
        return text;
    };
    std::string text = escaped(o.output.string()) + ":";
    for (const std::string& file : g.files) text += " " + escaped(file);
    for (const std::string& constant : o.model.constants) text += " " + escaped(split(constant, '=', "--constant").second);
    return text + "\n";
}

/// All files, or none: each is written beside its place and moved there at the end.
void write_files(const std::vector<std::pair<std::filesystem::path, const std::string*>>& files)
{
    const auto beside = [](std::filesystem::path p) { return p += ".part"; };
    for (const auto& [path, text] : files) {
        std::ofstream file(beside(path), std::ios::binary);
        file.write(text->data(), static_cast<std::streamsize>(text->size()));
        file.close();
        if (!file) {
            for (const auto& [written, unused] : files) std::filesystem::remove(beside(written));
            throw failure("{}: cannot be written", path.string());
        }
    }
    for (const auto& [path, text] : files) std::filesystem::rename(beside(path), path);
}

void run_generate(const generate_options& o)
{
    if (o.dump == "model") {
        std::cout << dump(load(o.model.model));
        return;
    }
    if (o.dump == "graph") {
        graph g = import_model(o.model);
        run_passes(g, o.model.passes());
        std::cout << dump(g);
        return;
    }
    const graph g = plan_model(o.model);
    if (o.dump == "plan") {
        std::cout << dump_plan(g);
        return;
    }
    identifiers names;
    emit_options options;
    options.name = names.unique(o.name.empty() ? o.model.model.stem().string() : o.name, "network");
    options.source_name = o.model.model.filename().string();
    options.weights = choose_form(o.weights, g);
    const emitted e = emit(g, options);
    if (o.output.empty()) throw failure("generate: needs -o FILE");
    std::vector<std::pair<std::filesystem::path, const std::string*>> files;
    const auto beside = [&](const std::string& ending) { return o.output.parent_path() / (options.name + ending); };
    if (!e.weights.empty()) files.emplace_back(beside(".weights.bin"), &e.weights);
    if (!e.assembler.empty()) files.emplace_back(beside(".weights.S"), &e.assembler);
    files.emplace_back(o.output, &e.header);
    const std::string depfile = dependencies(o, g);
    if (!o.depfile.empty()) files.emplace_back(o.depfile, &depfile);
    write_files(files);
}

}  // namespace

void add_generate(CLI::App& app, int& code)
{
    auto options = std::make_shared<generate_options>();
    CLI::App* command = app.add_subcommand("generate", "Write the header (and weights) of a model. The default: 'cameo model.onnx -o model.hpp'");
    options->model.add_to(*command);
    command->add_option("-o,--output", options->output, "The header to write");
    command->add_option("--name", options->name, "Namespace of the network; the file's name otherwise");
    command->add_option("--weights", options->weights, "Where the weights go")->check(CLI::IsMember({"inline", "string", "object", "file", "auto"}))->capture_default_str();
    command->add_option("--depfile", options->depfile, "Write what the header depends on, for make and Ninja");
    command->add_option("--dump", options->dump, "Print what leaves a stage, and write nothing")->check(CLI::IsMember({"model", "graph", "plan"}));
    command->callback([options, &code] {
        run_generate(*options);
        code = success;
    });
}

}  // namespace cameo::generator
