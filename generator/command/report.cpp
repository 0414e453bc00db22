// cameo report: writes a self-contained HTML page about a planned network, with times from cameo profile if given.
#include "command/command.hpp"
#include "report/page.hpp"
#include "report/page_data.hpp"
#include "support/input_file.hpp"
#include "support/output_files.hpp"

namespace cameo::generator {

namespace {

struct report_options {
    model_options model;
    std::filesystem::path output, profile;
};

json read_profile(const std::filesystem::path& path)
{
    const json found = json::parse(read_file(path), nullptr, false);
    if (found.is_discarded()) {
        throw failure("{}: this is no JSON. Expected what 'cameo profile --json' writes", path.string());
    }
    return found;
}

void run_report(const report_options& o)
{
    const graph g = compile(o.model);
    json data = page_data(g, describe(g), o.model.model.filename().string());
    if (!o.profile.empty()) {
        add_profile(data, read_profile(o.profile), o.profile.string());
    }
    const std::string text = page(data);
    output_files files;
    files.add(o.output, text);
    files.commit();
    files.tell();
}

}  // namespace

void add_report(command_line& line, int& code)
{
    auto options = std::make_shared<report_options>();
    subcommand command = line.add("report", "Write a page about the network that would be generated: graph, memory "
                                            "plan, weights and layers, for a browser");
    options->model.add_to(command);
    command.add_option("-o,--output", options->output, "The HTML file to write; it needs no other").required();
    command
        .add_option("--profile", options->profile,
            "Show the times that 'cameo profile --json' wrote for the same model and options")
        .existing_file();
    command.footer("Exit status: 0 written; 1 it cannot be done; above 100 a wrong command line.");
    command.action([options, &code] {
        run_report(*options);
        code = success;
    });
}

}  // namespace cameo::generator
