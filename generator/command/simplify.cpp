// cameo simplify: writes a model as smaller, equivalent ONNX, and compares both on random inputs (--check).
#include "simplify/simplify.hpp"
#include "command/command.hpp"
#include "command/table.hpp"
#include "evaluate/compare.hpp"
#include "simplify/facts.hpp"
#include "simplify/write_model.hpp"

namespace cameo::generator {

namespace {

struct simplify_command_options {
    model_options model;
    input_options inputs;
    std::filesystem::path output;
    bool keep_dynamic = false;
    bool no_optimize = false;
    bool no_shape_inference = false;
    bool external_data = false;
    std::size_t check = 0;
    double tolerance = 1e-4;

    /// The stream for tables: standard error when the model itself goes to standard output.
    std::FILE* tables() const { return output == "-" ? stderr : stdout; }
};

std::map<std::string, int> operators_of(const onnx::GraphProto& g)
{
    std::map<std::string, int> counts;
    for (const auto& n : g.node()) {
        ++counts[n.op_type()];
    }
    return counts;
}

/// Prints how many nodes of each operator there were, and how many are left.
void print_nodes(const std::map<std::string, int>& before, const std::map<std::string, int>& after, std::FILE* to)
{
    table t({{"operator"}, {"before", true}, {"after", true}});
    std::map<std::string, std::pair<int, int>> both;
    std::pair<int, int> all;
    for (const auto& [name, count] : before) {
        both[name].first = count, all.first += count;
    }
    for (const auto& [name, count] : after) {
        both[name].second = count, all.second += count;
    }
    for (const auto& [name, counts] : both) {
        t.add({printable(name), fmt::format("{}", counts.first), fmt::format("{}", counts.second)});
    }
    t.add({"all nodes", fmt::format("{}", all.first), fmt::format("{}", all.second)});
    fmt::print(to, "{}", t.text());
}

graph graph_to_check(const model& m, const bindings& given, std::string_view which)
{
    try {
        return compile(m, {.bindings = given, .passes = plain_passes}, stage::passes);
    } catch (const refusal& r) {
        throw refusal(r.diagnostics(), fmt::format("--check: the {} model cannot be evaluated:", which));
    }
}

std::vector<tensor> outputs_for(const graph& g, const std::vector<named_tensors>& runs, const progress& status)
{
    return outputs_of(g, evaluate_runs(g, runs, false, show_evaluation(status, g)));
}

double mean_square(const tensor& t)
{
    double sum = 0;
    const std::vector<double> all = numbers(t);
    for (const double v : all) {
        sum += v * v;
    }
    return all.empty() ? 0 : sum / static_cast<double>(all.size());
}

/// Prints how far outputs are from those of the original; returns false if one is beyond tolerance.
bool print_errors(const std::vector<std::string>& names, const std::vector<tensor>& expected,
    const std::vector<tensor>& found, double tolerance, std::FILE* to)
{
    bool within = true;
    table t({{"output"}, {"type"}, {"relative mse", true}, {"max abs", true}, {""}});
    for (std::size_t k = 0; k < expected.size(); ++k) {
        const std::string name = printable(names[k]);
        if (expected[k].type != found[k].type) {
            throw failure("--check: output '{}': expected {}, found {}", name, to_string(expected[k].type),
                to_string(found[k].type));
        }
        const difference d = compare(expected[k], found[k], tolerance);
        const double scale = mean_square(expected[k]);
        t.add({name, to_string(expected[k].type), fmt::format("{:.3g}", d.mse == 0 ? 0 : d.mse / scale),
            fmt::format("{:.3g}", d.absolute), d.within ? "" : "beyond tolerance"});
        within = within && d.within;
    }
    fmt::print(to, "\n{}", t.text());
    return within;
}

/// Evaluates both models on the same inputs, at the given sizes, and at sample sizes where axes are open.
bool agrees(const simplify_command_options& o, const model& original, const model& simplified, bindings given,
    const progress& status)
{
    if (const auto sizes = sample_sizes(original, given); !sizes.empty()) {
        given.dims.insert(sizes.front().begin(), sizes.front().end());
    }
    const graph g = graph_to_check(original, given, "original");
    const std::vector<named_tensors> runs = o.inputs.runs(g, true, o.check);
    const std::vector<std::string>& names = g.output_names();
    const std::vector<tensor> expected = outputs_for(g, runs, status);
    for (const auto& [name, unused] : given.constants) {
        given.input_shapes.erase(name);
    }
    given.constants.clear();
    const std::vector<tensor> found = outputs_for(graph_to_check(simplified, given, "simplified"), runs, status);
    status.show("");
    return print_errors(names, expected, found, o.tolerance, o.tables());
}

int run_simplify(const simplify_command_options& o)
{
    const progress status;
    status.show("reading " + o.model.model.filename().string());
    model m = load(o.model.model);
    const std::optional<model> original = o.check ? std::optional(m) : std::nullopt;
    const auto before = operators_of(m.proto.graph());
    simplify_options options{.bindings = o.model.bindings(m),
        .keep_dynamic = o.keep_dynamic,
        .optimize = !o.no_optimize,
        .fuse = !o.model.no_fuse,
        .infer_shapes = !o.no_shape_inference};
    options.skip.insert(o.model.skip_passes.begin(), o.model.skip_passes.end());
    status.show("simplifying");
    simplify(m, options);
    status.show("");
    print_nodes(before, operators_of(m.proto.graph()), o.tables());
    if (original && !agrees(o, *original, m, options.bindings, status)) {
        throw failure("--check: an output is beyond tolerance {}: {} is not written", o.tolerance, o.output.string());
    }
    write_model(m, o.output, o.external_data);
    return success;
}

}  // namespace

void add_simplify(command_line& line, int& code)
{
    auto options = std::make_shared<simplify_command_options>();
    subcommand command =
        line.add("simplify", "Write a model as ONNX again, with constants folded, nodes fused and shapes inferred");
    options->model.add_to(command);
    for (const char* of_generated_code : {"--state", "--stream", "--no-winograd", "--tuning", "--math"}) {
        command.remove_option(of_generated_code);
    }
    options->inputs.add_to(command);
    options->inputs.add_seed_to(command);
    command.add_option("output,-o,--output", options->output, "The ONNX file to write").required();
    command.add_flag(
        "--keep-dynamic", options->keep_dynamic, "Leave open axes open: --input-shape and --dim are for --check only");
    command.add_flag("--no-optimize", options->no_optimize, "Leave the nodes as they are");
    command.add_flag("--no-shape-inference", options->no_shape_inference, "Leave the types of inner values out");
    command.add_flag("--external-data", options->external_data,
        "Put the weights into a file beside the model, OUTPUT.data; above 2 GB they always are");
    command.add_option("--check", options->check,
        "Compare the outputs of both models by their plain definitions, for so many random inputs, or for those of "
        "--input");
    command
        .add_option("--tolerance", options->tolerance,
            "Largest error that --check allows: max |error| <= tolerance x max |reference| + tolerance / 100; integers "
            "must be equal")
        .positive()
        .shows_default();
    command.footer("Axes that stay open have any size: what depends on it is not folded. Nodes that cameo does not "
                   "know stay, as do those that depend on them.\n"
                   "Exit status: 0 written; 1 it cannot be done, or --check failed, and no file written; above 100 a "
                   "wrong command line.");
    command.action([options, &code] { code = run_simplify(*options); });
}

}  // namespace cameo::generator
