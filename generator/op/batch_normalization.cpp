// Imports BatchNormalization as arithmetic on each channel, with running or batch statistics.
#include "import/channels.hpp"
#include "import/operator_table.hpp"
#include <cameo/op/elementwise.hpp>
#include <cameo/op/reduce.hpp>

namespace cameo::generator {

namespace {

/// Mean and variance of each channel.
struct statistics {
    value *mean, *variance;
};

/// Tells whether the node is in training mode. From opset 7 to 13, its outputs for training mean that; before and since
/// then, an attribute does.
bool in_training_mode(const source_node& n)
{
    if (n.opset() < 7) {
        return n.integer("is_test", 0) == 0;
    }
    bool trains = n.integer("training_mode", 0) != 0;
    for (std::size_t k = 1; k < n.result_count() && n.opset() < 14; ++k) {
        trains = trains || n.has_output(k);
    }
    return trains;
}

/// Takes the mean over all axes except that of the channels.
value* mean_of(source_node& n, value* x)
{
    reduce_attributes over{reduction::mean};
    for (int axis = 0; axis < x->type.shape.rank; ++axis) {
        if (axis != 1) {
            over.axes.append(axis);
        }
    }
    return n.add<reduce_spec>(over, {x})[0];
}

statistics of_batch(source_node& n)
{
    value* mean = mean_of(n, n.required_operand(0));
    value* distance = n.compute(sub(operand<0>, operand<1>), {n.required_operand(0), mean});
    return {mean, mean_of(n, n.compute(mul(operand<0>, operand<0>), {distance}))};
}

/// Updates the running statistics with those of the batch.
statistics blended(source_node& n, const statistics& running, const statistics& batch)
{
    const double kept = n.number("momentum", 0.9f);
    const elementwise_expression blend = add(mul(operand<0>, kept), mul(operand<1>, 1 - kept));
    return {n.compute(blend, {running.mean, batch.mean}), n.compute(blend, {running.variance, batch.variance})};
}

/// Sets outputs 1 and 2 to the running statistics, and 3 and 4, before opset 14, to those of the batch.
void set_statistics(source_node& n, const statistics& running, const statistics& batch)
{
    const std::array all{running.mean, running.variance, batch.mean, batch.variance};
    for (std::size_t k = 0; k < all.size(); ++k) {
        if (n.has_output(k + 1)) {
            n.set_result(k + 1, n.reshaped(all[k], {all[k]->type.shape.count()}));
        }
    }
}

/// Computes y = x factor + shift for each channel with factor = scale / sqrt(variance + epsilon) and shift = bias -
/// mean factor, which are folded if they are constant.
void import_batch_normalization(source_node& n)
{
    n.ignore({"momentum"});
    const bool trains = in_training_mode(n) && n.in_training_mode();
    if (n.integer("spatial", 1) == 0) {
        throw unsupported("attribute 'spatial' must be 1: statistics for each activation are not supported");
    }
    const shape& x = n.type(0).shape;
    if (x.rank < 1) {
        throw unsupported("the input must have a batch axis");
    }
    const shape per_channel = x.rank < 2 ? shape{1} : then_ones({x[1]}, x.rank - 1);
    value *scale = along(n, 1, per_channel), *bias = along(n, 2, per_channel);
    const statistics running{along(n, 3, per_channel), along(n, 4, per_channel)},
        batch = trains ? of_batch(n) : running;
    value* factor = n.compute(div(operand<0>, sqrt(add(operand<1>, epsilon(n)))), {scale, batch.variance});
    value* shift = n.compute(sub(operand<0>, mul(operand<1>, operand<2>)), {bias, batch.mean, factor});
    n.set_result(0, n.compute(add(mul(operand<0>, operand<1>), operand<2>), {n.required_operand(0), factor, shift}));
    set_statistics(n, trains ? blended(n, running, batch) : running, batch);
}

}  // namespace

void add_batch_normalization(operator_table& table)
{
    table.add<floating_elements, elementwise_spec>("BatchNormalization", {1, 6, 7, 9, 14, 15},
        import_batch_normalization, "`spatial` is 1; training mode where --training asks for it");
}

}  // namespace cameo::generator
