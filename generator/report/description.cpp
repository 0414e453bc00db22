// Collects name, operator, type, cost and memory of every step of a planned network, also as JSON.
#include "report/description.hpp"
#include <cameo/core/type_name.hpp>
#include <functional>

namespace cameo::generator {

std::string step_description::attribute_text() const
{
    std::string text;
    for (const auto& [key, value] : attributes) {
        text += fmt::format("{}{}={}", text.empty() ? "" : " ", key, value);
    }
    return text;
}

double gflops(dim multiplications, double nanoseconds)
{
    return nanoseconds > 0 ? 2 * static_cast<double>(multiplications) / nanoseconds : 0;
}

namespace {

step_description describe_value(const memory& plan, std::size_t step)
{
    step_description d;
    d.step = static_cast<int>(step);
    d.bytes = plan.size[step];
    d.offset = plan.offset[step];
    d.last_use = plan.last_use[static_cast<std::size_t>(plan.owner[step])];
    const value* v = plan.schedule[step];
    if (!v) {
        return d;
    }
    d.name = v->name;
    d.operation = v->is_input ? "input" : v->is_state ? "state" : "further result";
    d.result = to_string(v->type);
    d.storage = words(v->type.storage.layout);
    if (v->type.storage.pitch) {
        d.storage += ", in a ring";
    }
    if (v->is_state && v->type.storage != storage{}) {
        d.storage += ", a ring";
    }
    return d;
}

void describe_node(const node& n, step_description& d)
{
    d.layer = &n;
    d.operation = n.op->name();
    if (d.name.empty()) {
        d.name = n.origins.front().name;
    }
    for (const origin& o : n.origins) {
        d.nodes.push_back(o.name);
        d.origins += (d.origins.empty() ? "" : " + ") + o.operator_type;
    }
    n.op->each_attribute([&](std::string_view key, const std::string& text) { d.attributes.emplace_back(key, text); });
    d.multiplications = n.op->multiplications(n.operand_types());
    for (const value* v : n.operands()) {
        if (v && v->data) {
            d.weight_bytes += v->data->bytes.size();
        }
    }
}

/// Visits the origins of a layer and of the layers in its bodies.
void each_origin(const node& n, const std::function<void(const origin&)>& visit)
{
    for (const origin& o : n.origins) {
        visit(o);
    }
    for (const graph* body : n.op->bodies()) {
        for (const auto& inner : body->nodes()) {
            each_origin(*inner, visit);
        }
    }
}

/// Assigns parameters to layers. If several layers come from one node of the file, the first that reads constants gets
/// its parameters, or else the first of all.
void count_parameters(const graph& g, network_description& all)
{
    std::set<int> taken;
    const auto take = [&](bool with_constants) {
        for (step_description& d : all.steps) {
            if (!d.layer || (with_constants && d.weight_bytes == 0)) {
                continue;
            }
            each_origin(*d.layer, [&](const origin& o) {
                if (o.number >= 0 && index(o.number) < g.parameters_of_nodes.size() && taken.insert(o.number).second) {
                    d.parameters += g.parameters_of_nodes[index(o.number)];
                }
            });
        }
    };
    take(true);
    take(false);
}

}  // namespace

network_description describe(const graph& g)
{
    network_description all;
    all.plan = plan_memory(g);
    for (std::size_t step = 0; step < all.plan.schedule.size(); ++step) {
        all.steps.push_back(describe_value(all.plan, step));
    }
    std::size_t step = g.inputs.size() + g.overridable_inputs.size() + g.states().size();
    for (const auto& n : g.nodes()) {
        for (std::size_t k = 1; k < n->results().size(); ++k) {
            step += n->results()[k] ? 1 : 0;
        }
        describe_node(*n, all.steps[step]);
        all.multiplications += all.steps[step++].multiplications;
    }
    all.parameters = g.file_parameters;
    count_parameters(g, all);
    all.weight_bytes = weight_bytes(g);
    return all;
}

namespace {

json types_of(const std::vector<value*>& values, const std::vector<std::string>& names)
{
    json list = json::array();
    for (std::size_t k = 0; k < values.size(); ++k) {
        list.push_back({{"name", names.empty() ? values[k]->name : names[k]}, {"type", to_string(values[k]->type)}});
    }
    return list;
}

}  // namespace

json to_json(const graph& g, const network_description& network)
{
    json layers = json::array();
    for (const step_description& d : network.steps) {
        layers.push_back({{"step", d.step}, {"name", d.name}, {"operator", d.operation}, {"nodes", d.nodes},
            {"origins", d.origins}, {"result", d.result}, {"storage", d.storage}, {"attributes", d.attribute_text()},
            {"macs", d.multiplications}, {"parameters", d.parameters}, {"weight_bytes", d.weight_bytes},
            {"bytes", d.bytes}, {"offset", d.offset}, {"last_use", d.last_use}});
    }
    std::vector<value*> states;
    for (const recurrent_state& f : g.states()) {
        states.push_back(f.current);
    }
    return {{"graph", g.name}, {"digest", g.digest}, {"opset", g.opset}, {"inputs", types_of(g.inputs, {})},
        {"outputs", types_of(g.outputs(), g.output_names())}, {"states", types_of(states, {})},
        {"macs", network.multiplications}, {"parameters", network.parameters}, {"weight_bytes", network.weight_bytes},
        {"activation_bytes", network.plan.bytes}, {"layers", layers}};
}

}  // namespace cameo::generator
