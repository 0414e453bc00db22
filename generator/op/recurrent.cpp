// Imports LSTM, GRU and RNN.
#include "import/activations.hpp"
#include "import/operator_table.hpp"
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

recurrence import_recurrence(const source_node& n)
{
    if (n.opset() < 7) {
        n.ignore({"output_sequence"});  // whether there is a first result
    }
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
    const shape& weight = n.type(2).shape;
    if (const dim hidden = n.integer("hidden_size", 0); hidden != 0 && weight.rank == 3 && hidden != weight[2]) {
        throw unsupported("attribute 'hidden_size' is {}, but the recurrent weight is for {}", hidden, weight[2]);
    }
    return r;
}

void import_lstm(source_node& n)
{
    lstm_attributes a;
    a.recurrence = import_recurrence(n);
    a.input_forget = n.integer("input_forget", 0) != 0;
    activation_list activations(n, 3 * static_cast<std::size_t>(a.recurrence.directions()));
    const auto next = [&] {
        return lstm_activations{activations.next("Sigmoid"), activations.next("Tanh"), activations.next("Tanh")};
    };
    a.activations = next();
    if (a.recurrence.directions() == 2) {
        a.second_activations = next();
    }
    n.become<lstm_spec>(a, n.operands());
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
    table.add<rnn_spec>("RNN", {1, 7, 14, 22}, import_rnn);
}

}  // namespace cameo::generator
