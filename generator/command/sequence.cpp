// Evaluates a streaming network's original on the whole sequence: the reference that verify compares runs with.
#include "command/sequence.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

/// Copies `columns` slices along an axis, from `first` in one tensor to `place` in the other; other extents are equal.
void copy_columns(const tensor& from, dim first, tensor& to, dim place, int axis, dim columns)
{
    const shape &source = from.type.shape, &target = to.type.shape;
    const std::size_t column = index(source.count(axis + 1, source.rank)) * size_of(from.type.element);
    for (std::size_t outer = 0; outer < index(source.count(0, axis)); ++outer) {
        std::copy_n(
            from.bytes.begin() + static_cast<std::ptrdiff_t>((outer * index(source[axis]) + index(first)) * column),
            index(columns) * column,
            to.bytes.begin() + static_cast<std::ptrdiff_t>((outer * index(target[axis]) + index(place)) * column));
    }
}

/// Concatenates what the runs give to an input along the time axis, padded with zeros; nothing if they are longer than
/// the input.
std::optional<tensor> joined(const value& input, int axis, const std::vector<named_tensors>& runs)
{
    tensor whole(input.type);
    dim place = 0;
    for (const named_tensors& run : runs) {
        const tensor& part = run.at(input.name);
        if (place + part.type.shape[axis] > whole.type.shape[axis]) {
            return std::nullopt;
        }
        copy_columns(part, 0, whole, place, axis, part.type.shape[axis]);
        place += part.type.shape[axis];
    }
    return whole;
}

/// Makes the inputs of the whole graph; nothing if the runs cannot be concatenated to them.
std::optional<named_tensors> join_inputs(
    const graph& g, const std::map<const value*, int>& axes, const std::vector<named_tensors>& runs)
{
    named_tensors inputs;
    for (const value* v : g.inputs) {
        const auto axis = axes.find(v);
        std::optional<tensor> whole = runs.front().at(v->name);
        if (axis != axes.end()) {
            whole = joined(*v, axis->second, runs);
        } else if (std::any_of(runs.begin(), runs.end(),
                       [&](const named_tensors& run) { return run.at(v->name).bytes != whole->bytes; })) {
            return std::nullopt;
        }
        if (!whole) {
            return std::nullopt;
        }
        inputs.emplace(v->name, std::move(*whole));
    }
    return inputs;
}

/// Cuts an output of the whole graph into the runs' parts, along the one axis that is shorter in a run. Returns an
/// absent tensor if there is no such axis: of a final state, only the last run's is known.
tensor in_parts(const tensor& whole, const tensor_type& part, std::size_t runs)
{
    if (whole.type == part.plain()) {
        return runs == 1 ? whole : tensor();
    }
    int axis = 0;
    while (part.shape[axis] == whole.type.shape[axis]) {
        ++axis;
    }
    std::vector<tensor> parts(runs, tensor(part.plain()));
    for (std::size_t r = 0; r < runs; ++r) {
        copy_columns(whole, static_cast<dim>(r) * part.shape[axis], parts[r], 0, axis, part.shape[axis]);
    }
    return stacked(parts);
}

}  // namespace

std::optional<std::vector<tensor>> outputs_of_sequence(
    const model_options& options, const graph& streamed, const std::vector<named_tensors>& runs, const progress& status)
{
    const model m = load(options.model);
    compile_options at_once = options.for_compiler(m);
    at_once.bindings.streamed_length = *at_once.samples * static_cast<dim>(runs.size());
    at_once.samples = std::nullopt;
    at_once.passes = plain_passes;
    graph g;
    try {
        g = compile(m, at_once, stage::passes);
    } catch (const refusal&) {
        return std::nullopt;
    }
    const auto inputs = join_inputs(g, g.time_axes, runs);
    if (!inputs) {
        return std::nullopt;
    }
    const std::vector<tensor> whole = outputs_of(g, evaluate_runs(g, {*inputs}, false, show_evaluation(status, g)));
    std::vector<tensor> outputs;
    for (std::size_t k = 0; k < whole.size(); ++k) {
        outputs.push_back(in_parts(whole[k], streamed.outputs()[k]->type, runs.size()));
    }
    return outputs;
}

}  // namespace cameo::generator
