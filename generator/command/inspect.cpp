// cameo inspect: prints a planned network, layer by layer with costs and memory offsets, as text or JSON.
#include "command/command.hpp"
#include "command/table.hpp"
#include "report/description.hpp"

namespace cameo::generator {

namespace {

void print_text(const graph& g, const network_description& network)
{
    fmt::print("graph {} (opset {}), SHA-256 {}\n", printable(g.name), g.opset, g.digest);
    for (const value* v : g.inputs) {
        fmt::print("input  {} {}\n", printable(v->name), to_string(v->type));
    }
    for (const overridable_input& s : g.overridable_inputs) {
        fmt::print("input  {} {}, with a default\n", printable(s.input->name), to_string(s.input->type));
    }
    for (std::size_t k = 0; k < g.outputs().size(); ++k) {
        fmt::print("output {} {}\n", printable(g.output_names()[k]), to_string(g.outputs()[k]->type));
    }
    for (const recurrent_state& f : g.states()) {
        fmt::print("state  {} {}\n", printable(f.current->name), to_string(f.current->type));
    }
    table layers({{"step", true}, {"name"}, {"operator"}, {"result"}, {"storage"}, {"MACs", true}, {"parameters", true},
        {"bytes", true}, {"offset", true}, {"attributes"}});
    for (const step_description& d : network.steps) {
        layers.add({fmt::format("{}", d.step), printable(d.name), d.operation, d.result, d.storage,
            fmt::format("{}", d.multiplications), fmt::format("{}", d.parameters), fmt::format("{}", d.bytes),
            fmt::format("{}", d.offset), d.attribute_text()});
    }
    fmt::print("\n{}\n{} MACs, {} parameters in the file, stored in {} bytes, activations in {} bytes\n", layers.text(),
        network.multiplications, network.parameters, network.weight_bytes, network.plan.bytes);
}

}  // namespace

void add_inspect(command_line& line, int& code)
{
    auto options = std::make_shared<model_options>();
    auto as_json = std::make_shared<bool>(false);
    subcommand command = line.add("inspect", "Print the network that would be generated: layers, results, attributes, "
                                             "MACs, parameters, bytes and the memory plan");
    options->add_to(command);
    command.add_flag("--json", *as_json,
        "As JSON: graph, digest, opset, inputs, outputs, states, macs, parameters, weight_bytes, activation_bytes, "
        "layers (step, name, operator, nodes, origins, result, storage, "
        "attributes, macs, parameters, weight_bytes, bytes, offset, last_use)");
    command.footer("Parameters: elements of initializers and of constants that act as weights, as the file has them; "
                   "their bytes are those that the network stores.\n"
                   "MACs: multiplications with an addition. Bytes and offset: of the result, in the memory of the "
                   "network object.\n"
                   "Exit status: 0 printed; 1 the model cannot be generated; above 100 a wrong command line.");
    command.action([options, as_json, &code] {
        const graph g = compile(*options);
        if (*as_json) {
            print(to_json(g, describe(g)));
        } else {
            print_text(g, describe(g));
        }
        code = success;
    });
}

}  // namespace cameo::generator
