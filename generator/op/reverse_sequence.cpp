// Imports ReverseSequence as a Gather along the merged first two axes, whose indices follow from sequence_lens.
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include <cameo/op/elementwise.hpp>
#include <cameo/op/gather.hpp>
#include <cameo/op/where.hpp>

namespace cameo::generator {

namespace {

void import_reverse_sequence(source_node& n)
{
    const shape x = n.type(0).shape;
    const dim time_axis = n.integer("time_axis", 0), batch_axis = n.integer("batch_axis", 1);
    if (x.rank < 2 || time_axis < 0 || time_axis > 1 || batch_axis != 1 - time_axis) {
        throw unsupported("attributes 'time_axis' and 'batch_axis' must be 0 and 1 or 1 and 0, found {} and {} of {}",
            time_axis, batch_axis, to_string(n.type(0)));
    }
    const int batch = static_cast<int>(batch_axis), time = 1 - batch;
    if (n.type(1).shape != shape{x[batch]}) {
        throw unsupported("operand 1 must be a list of {} lengths, found {}", x[batch], to_string(n.type(1)));
    }
    if (const tensor* known = n.constant_or_null(1)) {
        for (const dim length : integers(*known)) {
            if (length < 0 || length > x[time]) {
                throw unsupported("a length of {} does not fit {}", length, to_string(n.type(0)));
            }
        }
    }
    const shape along_time = batch == 0 ? shape{1, x[1]} : shape{x[0], 1},
                along_batch = batch == 0 ? shape{x[0], 1} : shape{1, x[1]};
    value* lengths = n.reshaped(n.required_operand(1), along_batch);
    value* at = counted(n, 0, along_time);
    value* reversed = n.compute(less(operand<0>, operand<1>), {at, lengths});
    value* from = chosen(n, reversed, n.compute(sub(sub(operand<0>, operand<1>), 1), {lengths, at}), at);
    const auto row = static_cast<double>(x[1]);
    const elementwise_expression place =
        batch == 0 ? add(mul(operand<1>, row), operand<0>) : add(mul(operand<0>, row), operand<1>);
    value* places = n.reshaped(n.compute(place, {from, counted(n, 0, along_batch)}), {x[0] * x[1]});
    value* rows = n.reshaped(n.required_operand(0), {x[0] * x[1], x.count(2, x.rank)});
    n.set_result(0, n.reshaped(n.add<gather_spec>({0}, {rows, places})[0], x));
}

}  // namespace

void add_reverse_sequence(operator_table& table)
{
    table.add<gather_spec, where_spec, elementwise_spec>("ReverseSequence", {10, 28}, import_reverse_sequence);
}

}  // namespace cameo::generator
