// Compiles a generated header with a program around it, runs that on input tensors, and reads back what it wrote.
#include "command/compiled.hpp"
#include "command/emission.hpp"
#include "harness/harness.hpp"
#include "support/failure.hpp"
#include "toolchain/include_directory.hpp"
#include <fmt/ranges.h>
#include <fstream>

namespace cameo::generator {

namespace {

void write(const std::filesystem::path& path, std::string_view bytes)
{
    output_files files;
    files.add(path, bytes);
    files.commit();
}

std::vector<std::filesystem::path> checked_directories(const model_options& model)
{
    auto directories = model.include_directories();
    library_directory(directories);  // says so where there is none
    return directories;
}

}  // namespace

void build_options::add_to(subcommand& command)
{
    auto forms = weight_forms();
    std::erase_if(forms, [](const auto& f) { return f.second == weight_form::file; });
    command.add_choice("--weights", weights, forms, "Where the weights go, as in generate");
    command.add_option("--keep", keep, "Leave the generated program in this directory");
    command.add_option("--cxxflags", flags,
        "Flags for the compiler, after -std=c++20 -O3 -march=native and those of $CXXFLAGS: \"-O2 -ffast-math\"");
}

compiled_network::compiled_network(
    const graph& graph, const model_options& model, const build_options& options, std::string name)
    : graph_(graph), name_(std::move(name)), directory_(options.keep.empty() ? temporary_.path() : options.keep),
      compiler_(checked_directories(model), directory_, user_flags(options.flags))
{
    output_files all;
    all.make_directory(directory_);
    all.commit();
}

void compiled_network::emit_header(const graph& planned, const std::string& header, const build_options& options)
{
    const std::filesystem::path path = directory_ / header;
    emitted_ = emit(planned, {.name = name_,
                                 .source_name = planned.name,
                                 .weights = choose_form(options.weights, planned, false),
                                 .weights_file = beside(path, "weights.bin").filename().string()});
    if (!emitted_.assembler.empty()) {
        assembler_ = beside(path, "weights.S");
    }
    output_files files;
    add_files(files, emitted_, path);
    files.commit();
}

compiled_network::compiled_network(const graph& planned, const model_options& model, const build_options& options)
    : compiled_network(planned, model, options, harness_namespace)
{
    emit_header(planned, "net.hpp", options);
}

compiled_network::compiled_network(const graph& graph, const model_options& model, const build_options& options,
    const generator::graph& for_all_sizes, const std::vector<dim>& extents)
    : compiled_network(graph, model, options, "all_sizes")
{
    emit_header(for_all_sizes, "all_sizes.hpp", options);
    write(directory_ / "net.hpp", fmt::format("#pragma once\n#include \"all_sizes.hpp\"\n\nnamespace {} {{\nusing net "
                                              "= all_sizes::net<{}>;\nusing model = net::model;\n}}\n",
                                      harness_namespace, fmt::join(extents, ", ")));
}

double compiled_network::compile(
    const std::string& name, const std::string& source, const std::vector<std::string>& options) const
{
    const std::filesystem::path path = directory_ / (name + ".cpp");
    write(path, source);
    std::vector<std::string> arguments{"-c", path.string(), "-o", (directory_ / (name + ".o")).string()};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return compiler_.run(arguments);
}

void compiled_network::link(const std::vector<std::string>& objects) const
{
    std::vector<std::string> arguments{"-o", (directory_ / "program").string()};
    for (const std::string& object : objects) {
        arguments.push_back((directory_ / (object + ".o")).string());
    }
    if (!assembler_.empty()) {
        arguments.push_back(assembler_.string());
    }
    compiler_.run(arguments);
}

std::string compiled_network::run(
    const std::vector<named_tensors>& runs, const std::vector<std::string>& arguments) const
{
    const std::vector<value*> inputs = graph_.all_inputs();
    for (std::size_t r = 0; r < runs.size(); ++r) {
        for (const auto& [input, bound] : bind_inputs(graph_, runs[r])) {
            const auto k = std::find(inputs.begin(), inputs.end(), input) - inputs.begin();
            write(directory_ / fmt::format("input_{}_{}.bin", k, r),
                {reinterpret_cast<const char*>(bound.bytes.data()), bound.bytes.size()});
        }
    }
    std::vector<std::string> all{(directory_ / "program").string(), directory_.string()};
    all.insert(all.end(), arguments.begin(), arguments.end());
    const process_result result = run_process(all, directory_ / "run.log");
    if (!result.succeeded()) {
        throw failure("the generated program failed (exit status {}): {}", result.status, result.output);
    }
    return result.output;
}

tensor compiled_network::result(std::string_view kind, std::size_t k, const tensor_type& type, std::size_t runs) const
{
    std::vector<tensor> all(runs, tensor(type.plain()));
    for (std::size_t r = 0; r < runs; ++r) {
        const std::filesystem::path path = directory_ / fmt::format("{}_{}_{}.bin", kind, k, r);
        std::vector<std::byte>& bytes = all[r].bytes;
        std::ifstream file(path, std::ios::binary);
        if (!file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size())) ||
            file.peek() != std::ifstream::traits_type::eof()) {
            throw failure("{}: the generated program did not write {}", path.string(), to_string(type));
        }
    }
    return stacked(all);
}

std::vector<tensor> outputs_of(const compiled_network& network, const graph& g, std::size_t runs)
{
    std::vector<tensor> outputs;
    for (std::size_t k = 0; k < g.outputs().size(); ++k) {
        outputs.push_back(network.result("output", k, g.outputs()[k]->type, runs));
    }
    return outputs;
}

}  // namespace cameo::generator
