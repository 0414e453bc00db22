// cameo run: evaluates a model on .npy files, by plain definitions or generated code, and writes output_k.npy.
#include "command/command.hpp"
#include "command/compiled.hpp"
#include "command/progress.hpp"
#include "harness/harness.hpp"
#include "support/npy.hpp"
#include "support/output_files.hpp"

namespace cameo::generator {

namespace {

struct run_options {
    model_options model;
    input_options inputs;
    build_options build;
    std::filesystem::path output_directory = ".";
    bool compiled = false;
};

std::vector<tensor> run_compiled(const run_options& o, const progress& status)
{
    const graph g = compile(o.model);
    const std::vector<named_tensors> runs = o.inputs.runs(g, false, 1);
    for (const named_tensors& inputs : runs) {
        bind_inputs(g, inputs);  // a wrong input is known before the compiler works
    }
    const compiled_network network(g, o.model, o.build);
    status.show("compiling the generated code");
    network.compile("main", run_program(false));
    network.link({"main"});
    status.show("running");
    network.run(runs, {fmt::format("{}", runs.size())});
    return outputs_of(network, g, runs.size());
}

void write_outputs(const std::vector<tensor>& outputs, const std::filesystem::path& directory)
{
    std::vector<std::string> headers;
    for (const tensor& t : outputs) {
        headers.push_back(npy_header(t));
    }
    output_files files;
    files.make_directory(directory);
    for (std::size_t k = 0; k < outputs.size(); ++k) {
        files.add(directory / fmt::format("output_{}.npy", k),
            {headers[k], {reinterpret_cast<const char*>(outputs[k].bytes.data()), outputs[k].bytes.size()}});
    }
    files.commit();
    files.tell();
}

}  // namespace

void add_run(command_line& line, int& code)
{
    auto options = std::make_shared<run_options>();
    subcommand command =
        line.add("run", "Evaluate a model with the operators' plain definitions, or with generated code");
    options->model.add_to(command);
    options->inputs.add_to(command);
    options->build.add_to(command);
    command.add_option("--output-dir", options->output_directory, "Output k becomes output_k.npy in this directory")
        .shows_default();
    command.add_flag("--compiled", options->compiled,
        "Generate, compile ($CXX, c++ by default; -O3 -march=native) and run the generated code instead");
    command.footer("A network with state (--state, --stream) starts from zeros. Where an --input has one more axis in "
                   "front, it runs as often as that says, and so has output_k.npy.\n"
                   "--include, --weights and --keep are for --compiled; --no-fuse and --skip-pass too, for the plain "
                   "definitions run on the graph as it is in the file.\n"
                   "Exit status: 0 done; 1 it cannot be done; above 100 a wrong command line.");
    command.action([options, &code] {
        const progress status;
        const auto runs = [&](const graph& g) { return options->inputs.runs(g, false, 1); };
        const std::vector<tensor> outputs =
            options->compiled ? run_compiled(*options, status) : evaluate_file(options->model, runs, status);
        status.show("");
        write_outputs(outputs, options->output_directory);
        code = success;
    });
}

}  // namespace cameo::generator
