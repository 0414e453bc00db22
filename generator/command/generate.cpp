#include "command/command.hpp"
#include "command/compiled.hpp"
#include "command/emission.hpp"
#include "command/progress.hpp"
#include "emit/names.hpp"
#include "emit/standalone.hpp"
#include "plan/plan.hpp"
#include "toolchain/include_directory.hpp"
#include <iostream>

namespace cameo::generator {

namespace {

struct generate_options {
    model_options model;
    std::filesystem::path output;
    std::filesystem::path depfile;
    std::string name;
    std::string weights = "auto";
    bool standalone = false;
    bool split = false;
    std::string dump;
};

std::string dumped(const generate_options& o)
{
    if (o.dump == "model") return dump(load(o.model.model));
    if (o.dump == "plan") return dump_plan(plan_for_all_sizes(o.model));
    graph g = import_model(o.model);
    run_passes(g, o.model.passes());
    return dump(g);
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
    for (const auto& file : o.model.headers()) text += " " + escaped(file.string());
    for (const auto& [name, file] : o.model.bound_files()) text += " " + escaped(file.string());
    if (!o.model.tuning.empty()) text += " " + escaped(o.model.tuning.string());
    return text + "\n";
}

std::string split_header(const generate_options& o)
{
    if (o.standalone) throw failure("--standalone is one file: --split makes two");
    if (source_of(o.output) == o.output) throw failure("--split: {} is the name of the source file; -o names the header", o.output.string());
    const std::string name = o.output.filename().string();
    if (name.find_first_of("\"\\\n") != std::string::npos) throw failure("--split: the source file cannot include a header of the name {}", printable(name));
    return name;
}

void run_generate(const generate_options& o)
{
    if (!o.dump.empty()) {
        std::cout << dumped(o);
        return;
    }
    if (o.output.empty()) throw failure("generate: needs -o FILE");
    const progress status;
    status.show("reading " + o.model.model.filename().string());
    const graph g = plan_for_all_sizes(o.model);
    status.show("writing " + o.output.filename().string());
    identifiers names;
    emit_options options;
    options.name = names.unique(o.name.empty() ? o.model.model.stem().string() : o.name, "network");
    options.source_name = o.model.model.filename().string();
    options.math = o.model.math;
    options.weights = choose_form(o.weights, g, o.standalone);
    if (o.split) options.split_header = split_header(o);
    if (o.split && !g.settings.empty()) throw failure("--split: the interface does not hold defaults of inputs: leave out --overridable");
    if (o.split && !g.parameters.empty()) throw failure("--split: the sizes of the network are template parameters: fix its axes with --dim");
    emitted e = emit(g, options);
    if (o.standalone) e.header = standalone(e.header, o.model.include_directories());
    file_list files = files_of(e, o.output, options.name);
    const std::string depfile = dependencies(o, g);
    if (!o.depfile.empty()) files.emplace_back(o.depfile, depfile);
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
    command
        ->add_option("--weights", options->weights,
            "Where the weights go: inline, as numbers in the header; string, as string literals in it; object, as NAME.weights.S to be assembled; file, for the "
            "program to load; auto, by their size")
        ->check(CLI::IsMember({"inline", "string", "object", "file", "auto"}))
        ->capture_default_str();
    command->add_flag("--standalone", options->standalone, "One file that includes the library, xsimd and the weights");
    command->add_flag("--split", options->split, "An interface that parses quickly, and beside it a source file (.cpp) with the kernels, to be compiled once");
    command->add_option("--depfile", options->depfile, "Write what the header depends on, for make and Ninja");
    command->add_option("--dump", options->dump, "Print what leaves a stage, and write nothing")->check(CLI::IsMember({"model", "graph", "plan"}));
    command->footer("Exit status: 0 written; 1 the model cannot be generated, each reason on standard error, and no file written; above 100 a wrong command line.");
    command->callback([options, &code] {
        run_generate(*options);
        code = success;
    });
}

}  // namespace cameo::generator
