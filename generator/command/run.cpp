#include "command/command.hpp"
#include "evaluate/evaluate.hpp"
#include "support/npy.hpp"

namespace cameo::generator {

namespace {

struct run_options {
    model_options model;
    std::vector<std::string> inputs;
    std::filesystem::path output_directory = ".";
    bool compiled = false;
};

void run_run(const run_options& o)
{
    graph g = import_model(o.model);
    run_passes(g, {.fuse = false, .skip = {}});
    std::map<std::string, tensor> given;
    for (const std::string& s : o.inputs) {
        const auto [name, path] = split(s, '=', "--input");
        given.emplace(name, read_npy(path));
    }
    const tensor_map values = evaluate(g, bind_inputs(g, given), false);
    for (std::size_t k = 0; k < g.outputs.size(); ++k) write_npy(o.output_directory / fmt::format("output_{}.npy", k), values.at(g.outputs[k]));
}

}  // namespace

void add_run(CLI::App& app, int& code)
{
    auto options = std::make_shared<run_options>();
    CLI::App* command = app.add_subcommand("run", "Evaluate a model with the operators' plain definitions, or with generated code");
    options->model.add_to(*command);
    command->add_option("--input", options->inputs, "Data of an input: name=file.npy (repeatable)");
    command->add_option("--output-dir", options->output_directory, "Output k becomes output_k.npy in this directory")->capture_default_str();
    command->add_flag("--compiled", options->compiled, "Generate, compile ($CXX, c++ by default; -O3 -march=native) and run the generated code instead");
    command->callback([options, &code] {
        run_run(*options);
        code = success;
    });
}

}  // namespace cameo::generator
