// Declares the options that all subcommands share, and runs the stages from a model file to a planned graph.
#include "command/command.hpp"
#include "model/external.hpp"
#include "support/file_error.hpp"
#include "support/npy.hpp"
#include "toolchain/include_directory.hpp"
#include <algorithm>
#include <charconv>

namespace cameo::generator {

void model_options::add_to(subcommand& command)
{
    command.add_option("model", model, "The ONNX file").required();
    command.add_option("--input-shape", input_shapes, "Fix the shape of an input: name:1,3,224,224 (repeatable)");
    command.add_option("--dim", dims, "Fix a named dynamic axis: name=8 (repeatable)");
    command.add_option(
        "--constant", constants, "Bind an input to the data of a .npy file: input=file.npy (repeatable)");
    command
        .add_option("--weights-from", weights_from, "Bind every input for which a directory holds NAME.npy, as weights")
        .existing_directory();
    command.add_option("--state", states,
        "Keep an output in the network and feed it back as an input of the next run: input=output; or many, as h*=n*, "
        "where * is the same on both sides (repeatable)");
    command.add_option("--stream", stream,
        "Take a sequence in parts: AXIS=n, n samples a run (1 otherwise), where the axis of time is a named dynamic "
        "axis, or INPUT:NUMBER. What a causal network needs of the past "
        "becomes state");
    command.add_option("--bound", bounds,
        "Room along an axis of which the data decide how much is there (NonZero, Loop): VALUE=N (repeatable). Beside "
        "such an output there is OUTPUT_extent, how many there are");
    command.add_option("--overridable", overridable,
        "An input that has a default may be written at run time, by its name; * for all (repeatable). Otherwise it is "
        "a constant");
    command.add_option("--custom", custom,
        "A type of your own for an operator: DOMAIN:OPERATOR=my::type, or DOMAIN:OPERATOR[ATTRIBUTE=TEXT]=my::type "
        "where a text tells operators apart (repeatable). "
        "It is compiled with $CXX, c++ by default");
    command.add_option("--include", include,
        "A header that defines types of --custom; or a directory with the library's headers, or xsimd's (repeatable). "
        "Otherwise those of CAMEO_INCLUDE, then ../include from this program");
    command.add_flag("--follow-links", follow_links,
        "Read external data also through links out of the model's directory, and from files of several names, as "
        "caches of downloads are made. For models that you trust");
    const auto choose = [this](generator::training choice) { return [this, choice] { training = choice; }; };
    const command_option inference = command.add_flag(
        "--inference", choose(training::inference), "Of a graph in training mode: running statistics, no dropout");
    command
        .add_flag("--training", choose(training::literal),
            "Of a graph in training mode: statistics of the batch, dropout by its seed, the same in every run")
        .excludes(inference);
    command.add_choice("--float16", float16, {{"native", float16_use::native}, {"as-float32", float16_use::as_float32}},
        "native: where the file has float16 or bfloat16, each operator rounds its results to 16 bits, as ONNX "
        "defines it; as-float32: all of that is float32, in the interface too");
    command.add_flag("--no-fuse", no_fuse, "Keep every layer by itself");
    command.add_flag("--no-winograd", no_winograd, "Convolve directly, with the rounding errors of plain sums only");
    command.add_option("--tuning", tuning, "Compute convolutions as 'cameo tune' found best, and wrote into this file")
        .existing_file();
    command
        .add_option("--budget", budget,
            "How often what the generator usually spends on a model it may spend: work and memory for constants, nodes "
            "of functions, branches and loops")
        .between(0.0, 1e6)
        .shows_default();
    command.add_choice("--math", fast_math, {{"accurate", false}, {"fast", true}},
        "fast: approximate exp, sigmoid, tanh, erf and gelu of floats, with the errors that docs/numerics.md lists; "
        "accurate: within 4 units in the last place");
    command.add_option("--skip-pass", skip_passes, "Leave out a pass by name (repeatable)");
}

std::pair<std::string, std::string> split(const std::string& text, char separator, std::string_view option)
{
    const std::size_t at = text.rfind(separator);
    if (at == std::string::npos || at == 0) {
        throw failure("{} {}: expected name{}…", option, text, separator);
    }
    return {text.substr(0, at), text.substr(at + 1)};
}

namespace {

dim number(const std::string& text, std::string_view option)
{
    dim n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (error != std::errc{} || end != text.data() + text.size() || n < 0) {
        throw failure("{}: '{}' is no extent", option, text);
    }
    return n;
}

std::vector<dim> numbers(const std::string& text, std::string_view option)
{
    std::vector<dim> all;
    std::size_t first = 0;
    while (!text.empty() && first <= text.size()) {
        const std::size_t comma = std::min(text.find(',', first), text.size());
        all.push_back(number(text.substr(first, comma - first), option));
        first = comma + 1;
    }
    return all;
}

}  // namespace

std::vector<std::pair<std::string, std::filesystem::path>> model_options::bound_files() const
{
    std::vector<std::pair<std::string, std::filesystem::path>> files;
    std::error_code error;
    if (!weights_from.empty()) {
        for (const auto& entry : std::filesystem::directory_iterator(weights_from, error)) {
            if (entry.path().extension() == ".npy") {
                files.emplace_back(entry.path().stem().string(), entry.path());
            }
        }
    }
    if (error) {
        throw failure("--weights-from {}: cannot be read: {}", printable(weights_from.string()), reason(error));
    }
    std::sort(files.begin(), files.end());
    for (const std::string& s : constants) {
        files.emplace_back(split(s, '=', "--constant"));
    }
    return files;
}

std::vector<std::filesystem::path> model_options::headers() const
{
    std::vector<std::filesystem::path> files;
    for (const std::filesystem::path path : include) {
        if (std::error_code unused; !std::filesystem::is_directory(path, unused)) {
            files.push_back(path);
        }
    }
    return files;
}

std::vector<std::filesystem::path> model_options::include_directories() const
{
    auto directories = generator::include_directories(include);
    for (const auto& header : headers()) {
        directories.push_back(std::filesystem::absolute(header).parent_path());
    }
    return directories;
}

generator::bindings model_options::bindings(const generator::model& loaded) const
{
    generator::bindings b;
    b.training = training;
    b.budget = budget;
    b.float16 = float16;
    if (!custom.empty()) {
        custom_options own{.headers = headers(), .directories = include_directories()};
        for (const std::string& text : custom) {
            own.operators.push_back(parse_custom(text));
        }
        b.custom = custom_operations(loaded, std::move(own));
    }
    for (const std::string& s : bounds) {
        const auto [name, extent] = split(s, '=', "--bound");
        b.bounds[name] = number(extent, "--bound");
    }
    b.overridable = {overridable.begin(), overridable.end()};
    for (const std::string& s : input_shapes) {
        const auto [name, extents] = split(s, ':', "--input-shape");
        b.input_shapes[name] = numbers(extents, "--input-shape");
    }
    for (const std::string& s : dims) {
        const auto [name, extent] = split(s, '=', "--dim");
        b.dims[name] = number(extent, "--dim");
    }
    for (const auto& [name, path] : bound_files()) {
        b.constants[name] = read_npy(path);
    }
    if (!stream.empty()) {
        b.streamed.insert(stream.substr(0, stream.rfind('=')));
    }
    return b;
}

pass_options model_options::passes() const
{
    pass_options options{!no_fuse, {skip_passes.begin(), skip_passes.end()}};
    if (no_winograd) {
        options.skip.insert("winograd");
    }
    options.fast_math = fast_math;
    if (!tuning.empty()) {
        options.tuning = read_tuning(tuning);
    }
    return options;
}

std::optional<dim> model_options::samples() const
{
    if (stream.empty()) {
        return std::nullopt;
    }
    const std::size_t at = stream.rfind('=');
    const dim samples = at == std::string::npos ? 1 : number(stream.substr(at + 1), "--stream");
    if (samples < 1) {
        throw failure("--stream {}: at least one sample a run", stream);
    }
    return samples;
}

compile_options model_options::for_compiler(const generator::model& loaded) const
{
    compile_options o{.bindings = bindings(loaded), .samples = samples(), .passes = passes()};
    for (const std::string& s : states) {
        o.states.push_back(split(s, '=', "--state"));
    }
    o.tell = [](std::string_view what) { progress().show(what); };
    return o;
}

compile_options model_options::for_all_sizes(const generator::model& loaded) const
{
    compile_options o = for_compiler(loaded);
    o.open_sizes = true;
    return o;
}

graph compile(const model_options& options, stage last)
{
    const progress status;
    status.show("reading " + printable(options.model.filename().string()));
    const model m = load(options.model);
    return compile(m, options.for_compiler(m), last);
}

evaluation_observer show_evaluation(const progress& status, const graph& g)
{
    return [&](const node& n, std::size_t position) {
        const origin& from = n.origins.front();
        status.show(fmt::format("evaluating {} of {}: {} {}", position + 1, g.nodes().size(),
            printable(from.operator_type), printable(from.name)));
    };
}

std::vector<tensor> evaluate_file(const model_options& options,
    const std::function<std::vector<named_tensors>(const graph&)>& runs, const progress& status)
{
    const model m = load(options.model);
    compile_options plain = options.for_compiler(m);
    plain.passes = plain_passes;
    const graph g = compile(m, plain, stage::passes);
    return outputs_of(g, evaluate_runs(g, runs(g), false, show_evaluation(status, g)));
}

}  // namespace cameo::generator
