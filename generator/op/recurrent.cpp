// Imports LSTM, GRU and RNN, and com.microsoft's DynamicQuantizeLSTM.
#include "import/activations.hpp"
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include "op/microsoft_domain.hpp"
#include <cameo/op/elementwise.hpp>
#include <cameo/op/gru.hpp>
#include <cameo/op/lstm.hpp>
#include <cameo/op/rnn.hpp>

namespace cameo::generator {

namespace {

direction import_direction(const source_node& n)
{
    const std::string name = n.text("direction", "forward");
    if (name == "forward") {
        return direction::forward;
    }
    if (name == "reverse") {
        return direction::reverse;
    }
    if (name == "bidirectional") {
        return direction::bidirectional;
    }
    throw unsupported("attribute 'direction' must be forward, reverse or bidirectional, found '{}'", name);
}

/// `hidden` is what the recurrent weights are for.
recurrence import_recurrence(const source_node& n, dim hidden)
{
    recurrence r;
    r.direction = import_direction(n);
    const dim layout = n.integer("layout", 0);
    if (layout != 0 && layout != 1) {
        throw unsupported("attribute 'layout' must be 0 or 1, found {}", layout);
    }
    r.batch_first = layout == 1;
    r.clip = n.number("clip", 0);
    if (n.has("clip") && !(r.clip > 0)) {
        throw unsupported("attribute 'clip' must be positive, found {}", r.clip);
    }
    if (const dim given = n.integer("hidden_size", 0); given != 0 && hidden != 0 && given != hidden) {
        throw unsupported("attribute 'hidden_size' is {}, but the recurrent weight is for {}", given, hidden);
    }
    return r;
}

recurrence import_recurrence(const source_node& n)
{
    if (n.opset() < 7) {
        n.ignore({"output_sequence"});  // whether there is a first result
    }
    const shape& weight = n.type(2).shape;
    return import_recurrence(n, weight.rank == 3 ? weight[2] : 0);
}

lstm_attributes import_lstm_attributes(const source_node& n, const recurrence& r)
{
    lstm_attributes a;
    a.recurrence = r;
    a.input_forget = n.integer("input_forget", 0) != 0;
    activation_list activations(n, 3 * static_cast<std::size_t>(a.recurrence.directions()));
    const auto next = [&] {
        return lstm_activations{activations.next("Sigmoid"), activations.next("Tanh"), activations.next("Tanh")};
    };
    a.activations = next();
    if (a.recurrence.directions() == 2) {
        a.second_activations = next();
    }
    return a;
}

void import_lstm(source_node& n) { n.become<lstm_spec>(import_lstm_attributes(n, import_recurrence(n)), n.operands()); }

/// Returns weights that are operand k, stored as directions x columns x rows of bytes, as LSTM takes them. Scales and
/// zero points are one or one for each row, of each direction.
value* dequantized_weights(source_node& n, std::size_t k, std::size_t scale)
{
    const shape s = n.type(k).shape;
    if (s.rank != 3) {
        throw unsupported("operand {} must have 3 axes, found {}", k, to_string(n.type(k)));
    }
    const auto by_row = [&](value* v) {
        const bool each = v->type.shape.count() != s[0];
        return n.reshaped(cast(n, v, element::float32), {s[0], 1, each ? s[2] : 1});
    };
    value* y = n.compute(mul(sub(operand<0>, operand<1>), operand<2>),
        {cast(n, n.required_operand(k), element::float32), by_row(n.required_operand(scale + 1)),
            by_row(n.required_operand(scale))});
    return transposed(n, y, {0, 2, 1});
}

/// Imports DynamicQuantizeLSTM: all of X, and H in each step, are rounded to bytes between their bounds.
void import_dynamic_quantize_lstm(source_node& n)
{
    const shape &x = n.type(0).shape, &recurrent = n.type(2).shape;
    lstm_attributes a = import_lstm_attributes(n, import_recurrence(n, recurrent.rank == 3 ? recurrent[1] : 0));
    a.quantized_state = true;
    if (x.rank != 3 || x[a.recurrence.batch_first ? 0 : 1] != 1) {
        throw unsupported("the input must be of a batch of one, whose states are not quantized together, found {}",
            to_string(n.type(0)));
    }
    const auto [bytes, scale, zero_point] = dynamically_quantized(n, n.required_operand(0));
    n.become<lstm_spec>(
        a, {dequantized(n, bytes, scale, zero_point), dequantized_weights(n, 1, 8), dequantized_weights(n, 2, 10),
               n.operand(3), n.operand(4), n.operand(5), n.operand(6), n.operand(7)});
}

void import_gru(source_node& n)
{
    gru_attributes a;
    a.recurrence = import_recurrence(n);
    a.linear_before_reset = n.integer("linear_before_reset", 0) != 0;
    activation_list activations(n, 2 * static_cast<std::size_t>(a.recurrence.directions()));
    const auto next = [&] { return gru_activations{activations.next("Sigmoid"), activations.next("Tanh")}; };
    a.activations = next();
    if (a.recurrence.directions() == 2) {
        a.second_activations = next();
    }
    n.become<gru_spec>(a, n.operands());
}

void import_rnn(source_node& n)
{
    rnn_attributes a;
    a.recurrence = import_recurrence(n);
    activation_list activations(n, static_cast<std::size_t>(a.recurrence.directions()));
    a.activation = activations.next("Tanh");
    if (a.recurrence.directions() == 2) {
        a.second_activation = activations.next("Tanh");
    }
    n.become<rnn_spec>(a, n.operands());
}

}  // namespace

void add_recurrent(operator_table& table)
{
    table.add<lstm_spec>("LSTM", {1, 7, 14, 22}, import_lstm);
    table.add<gru_spec>("GRU", {1, 3, 7, 14, 22}, import_gru);
    table.add_of_domain<lstm_spec>(
        microsoft_domain, "DynamicQuantizeLSTM", {1}, import_dynamic_quantize_lstm, "a batch of one");
    table.add<rnn_spec>("RNN", {1, 7, 14, 22}, import_rnn);
}

}  // namespace cameo::generator
