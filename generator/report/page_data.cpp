// Collects the JSON that the page of `cameo report` shows, and merges measured times into it after checking them.
#include "report/page_data.hpp"
#include "report/drawing.hpp"
#include "support/failure.hpp"

namespace cameo::generator {

namespace {

/// Lists the operands: each is a step, a constant, or null if it is absent.
json operands_of(const node& n, const std::map<const value*, int>& steps)
{
    json list = json::array();
    for (const value* v : n.operands()) {
        if (!v) {
            list.push_back(nullptr);
        } else if (v->data) {
            list.push_back({{"constant", v->name}, {"type", to_string(v->type)}, {"bytes", v->data->bytes.size()}});
        } else {
            list.push_back({{"step", steps.at(v)}});
        }
    }
    return list;
}

}  // namespace

json page_data(const graph& g, const network_description& network, const std::string& model)
{
    json page = to_json(g, network);
    page["model"] = model;
    std::map<const value*, int> steps;
    for (const step_description& d : network.steps) {
        const std::size_t at = static_cast<std::size_t>(d.step);
        steps[network.plan.schedule[at]] = d.step;
        json& layer = page["layers"][at];
        layer["is_layer"] = d.layer != nullptr;
        layer["attributes"] = d.attributes;
        layer["owner"] = network.plan.owner[at];
        layer["first_use"] = network.plan.first_use[at];
        layer["operands"] = json::array();
        layer["further"] = json::array();
        if (!d.layer) {
            continue;
        }
        layer["operands"] = operands_of(*d.layer, steps);
        for (std::size_t k = 1; k < d.layer->results().size(); ++k) {
            if (d.layer->results()[k]) {
                layer["further"].push_back(steps.at(d.layer->results()[k]));
            }
        }
    }
    page["drawing"] = draw(g, network);
    return page;
}

void add_profile(json& page, const json& profile, const std::string& file)
{
    const auto refuse = [&](const std::string& found) -> failure {
        return failure(
            "{}: {}. Expected what 'cameo profile --json' writes for this model, with the same options", file, found);
    };
    try {
        if (profile.at("digest") != page.at("digest")) {
            throw refuse("this is the profile of another model");
        }
        json& layers = page.at("layers");
        std::size_t count = 0;
        for (const json& layer : layers) {
            count += layer.at("is_layer").get<bool>();
        }
        if (profile.at("layers").size() != count) {
            throw refuse(
                fmt::format("this is the profile of {} layers, and there are {}", profile.at("layers").size(), count));
        }
        for (const json& timed : profile.at("layers")) {
            const std::size_t step = timed.at("step");
            json& layer = layers.at(step);
            if (timed.at("operator") != layer.at("operator") || timed.at("result") != layer.at("result")) {
                throw refuse(fmt::format("step {} is another layer", step));
            }
            for (const char* key : {"time_ns", "share", "gflops"}) {
                layer[key] = timed.at(key).get<double>();
            }
        }
        for (const char* key : {"network_ns", "layers_ns", "gflops"}) {
            page[key] = profile.at(key).get<double>();
        }
    } catch (const json::exception& e) {
        throw refuse(fmt::format("this is no profile ({})", printable(e.what())));
    }
}

}  // namespace cameo::generator
