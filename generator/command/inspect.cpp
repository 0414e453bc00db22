#include "command/command.hpp"
#include "command/emission.hpp"
#include "command/json.hpp"
#include "command/table.hpp"
#include "plan/memory.hpp"
#include "support/type_name.hpp"

namespace cameo::generator {

namespace {

/// A step of the schedule, as both forms of the output show it.
struct row {
    int step = 0;
    std::string name, operation, origins, result, storage, attributes;
    dim multiplications = 0, parameters = 0;
    std::size_t bytes = 0, offset = 0;
};

struct report {
    std::vector<row> rows;
    memory plan;
    dim multiplications = 0;
    dim parameters = 0;  ///< a constant that several layers read counts once
    std::size_t weight_bytes = 0;
};

row describe_value(const memory& plan, std::size_t step)
{
    row r;
    r.step = static_cast<int>(step);
    r.bytes = plan.size[step];
    r.offset = plan.offset[step];
    const value* v = plan.schedule[step];
    if (!v) return r;
    r.name = v->name;
    r.operation = v->is_input ? "input" : v->is_state ? "state" : "further result";
    r.result = to_string(v->type);
    r.storage = words(v->type.storage.arrangement);
    if (v->type.storage.pitch) r.storage += ", in a ring";
    if (v->is_state && v->type.storage != storage{}) r.storage += ", a ring";
    return r;
}

void describe_node(const node& n, row& r)
{
    r.operation = n.op->name();
    if (r.name.empty()) r.name = n.origins.front().name;
    for (const origin& o : n.origins) r.origins += (r.origins.empty() ? "" : " + ") + o.operator_type;
    n.op->each_attribute([&](std::string_view key, const std::string& text) { r.attributes += fmt::format("{}{}={}", r.attributes.empty() ? "" : " ", key, text); });
    r.multiplications = n.op->multiplications(n.operand_types());
    for (const value* v : n.operands)
        if (v && v->data) r.parameters += v->type.shape.count();
}

report describe_graph(const graph& g)
{
    report all;
    all.plan = plan_memory(g);
    for (std::size_t step = 0; step < all.plan.schedule.size(); ++step) all.rows.push_back(describe_value(all.plan, step));
    std::size_t step = g.inputs.size() + g.states.size();
    std::set<const value*> seen;
    for (const auto& n : g.nodes) {
        for (std::size_t k = 1; k < n->results.size(); ++k) step += n->results[k] ? 1 : 0;
        describe_node(*n, all.rows[step]);
        all.multiplications += all.rows[step++].multiplications;
        for (const value* v : n->operands)
            if (v && v->data && seen.insert(v).second) all.parameters += v->type.shape.count();
    }
    all.weight_bytes = weight_bytes(g);
    return all;
}

json types_of(const std::vector<value*>& values, const std::vector<std::string>& names)
{
    json list = json::array();
    for (std::size_t k = 0; k < values.size(); ++k) list.push_back({{"name", names.empty() ? values[k]->name : names[k]}, {"type", to_string(values[k]->type)}});
    return list;
}

void print_json(const graph& g, const report& all)
{
    json layers = json::array();
    for (const row& r : all.rows)
        layers.push_back({{"step", r.step}, {"name", r.name}, {"operator", r.operation}, {"origins", r.origins}, {"result", r.result}, {"storage", r.storage},
            {"attributes", r.attributes}, {"macs", r.multiplications}, {"parameters", r.parameters}, {"bytes", r.bytes}, {"offset", r.offset},
            {"last_use", all.plan.last_use[static_cast<std::size_t>(all.plan.owner[static_cast<std::size_t>(r.step)])]}});
    std::vector<value*> states;
    for (const feedback& f : g.states) states.push_back(f.state);
    print({{"graph", g.name}, {"digest", g.digest}, {"opset", g.opset}, {"inputs", types_of(g.inputs, {})}, {"outputs", types_of(g.outputs, g.output_names)}, {"states", types_of(states, {})},
        {"macs", all.multiplications}, {"parameters", all.parameters}, {"weight_bytes", all.weight_bytes}, {"activation_bytes", all.plan.bytes}, {"layers", layers}});
}

void print_text(const graph& g, const report& all)
{
    fmt::print("graph {} (opset {}), SHA-256 {}\n", printable(g.name), g.opset, g.digest);
    for (const value* v : g.inputs) fmt::print("input  {} {}\n", printable(v->name), to_string(v->type));
    for (std::size_t k = 0; k < g.outputs.size(); ++k) fmt::print("output {} {}\n", printable(g.output_names[k]), to_string(g.outputs[k]->type));
    for (const feedback& f : g.states) fmt::print("state  {} {}\n", printable(f.state->name), to_string(f.state->type));
    table layers({{"step", true}, {"name"}, {"operator"}, {"result"}, {"storage"}, {"MACs", true}, {"parameters", true}, {"bytes", true}, {"offset", true}, {"attributes"}});
    for (const row& r : all.rows)
        layers.add({fmt::format("{}", r.step), printable(r.name), r.operation, r.result, r.storage, fmt::format("{}", r.multiplications), fmt::format("{}", r.parameters),
            fmt::format("{}", r.bytes), fmt::format("{}", r.offset), r.attributes});
    fmt::print("\n{}\n{} MACs, {} parameters in {} bytes, activations in {} bytes\n", layers.text(), all.multiplications, all.parameters, all.weight_bytes, all.plan.bytes);
}

}  // namespace

void add_inspect(CLI::App& app, int& code)
{
    auto options = std::make_shared<model_options>();
    auto as_json = std::make_shared<bool>(false);
    CLI::App* command = app.add_subcommand("inspect", "Print the network that would be generated: layers, results, attributes, MACs, parameters, bytes and the memory plan");
    options->add_to(*command);
    command->add_flag("--json", *as_json,
        "As JSON: graph, digest, opset, inputs, outputs, states, macs, parameters, weight_bytes, activation_bytes, layers (step, name, operator, origins, result, storage, "
        "attributes, macs, parameters, bytes, offset, last_use)");
    command->footer("MACs: multiplications with an addition. Bytes and offset: of the result, in the memory of the network object.\n"
                    "Exit status: 0 printed; 1 the model cannot be generated; above 100 a wrong command line.");
    command->callback([options, as_json, &code] {
        const graph g = plan_model(*options);
        (*as_json ? print_json : print_text)(g, describe_graph(g));
        code = success;
    });
}

}  // namespace cameo::generator
