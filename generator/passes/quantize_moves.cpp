// Transpose(DequantizeLinear(x)) → DequantizeLinear(Transpose(x)): layers that only move elements move bytes.
#include "passes/quantize.hpp"
#include <algorithm>
#include <cameo/op/quantized_elementwise.hpp>
#include <list>
#include <unordered_map>

namespace cameo::generator {

namespace {

/// Is every element of its only result one of its operands'?
bool selects_elements(const node* n)
{
    return n && n->op->selects_elements() && (n->results().size() == 1 || !n->results()[1]);
}

/// Visits the nodes once, and moves each QuantizeLinear up as far as possible.
class mover {
public:
    explicit mover(graph& g) : graph_(g) {}

    void run()
    {
        each_node(graph_, [&](node& n) {
            sink(n);
            for (raised_ = {&n}; !raised_.empty();) {
                node& next = *raised_.back();
                raised_.pop_back();
                if (!hoist(next)) {
                    cancel(next);
                }
            }
        });
    }

private:
    /// Makes a node with the quantization of `like` on another operand.
    std::unique_ptr<node> quantized_like(const node& like, value* operand, value* result)
    {
        auto n = std::make_unique<node>(like.op->clone(), like.origins, like.operands());
        n->set_operand(0, operand);
        n->set_results({result ? result : graph_.add_value(operand->name, n->op->results(n->operand_types())[0])});
        return n;
    }

    /// move(DequantizeLinear(x)) → DequantizeLinear(move(x)).
    void sink(node& n)
    {
        if (!selects_elements(&n) || n.operands().size() != 1 || !quantization_of(n.operand(0)->producer()) ||
            !is_dequantize(n.operand(0)->producer())) {
            return;
        }
        const node& from = *n.operand(0)->producer();
        value* result = n.result();
        n.set_operand(0, from.operand(0));
        n.set_result(0, graph_.add_value(result->name, n.op->results(n.operand_types())[0]));
        graph_.insert_after(n, quantized_like(from, n.result(), result));
    }

    /// QuantizeLinear(move(x)) → move(QuantizeLinear(x)); for Concat, of every operand.
    bool hoist(node& n)
    {
        if (!is_quantize(&n) || !quantization_of(&n)) {
            return false;
        }
        node* from = sole_producer(n.operand(0));
        if (!selects_elements(from)) {
            return false;
        }
        const auto first_new = static_cast<std::ptrdiff_t>(raised_.size());
        for (std::size_t k = 0; k < from->operands().size(); ++k) {
            value* operand = from->operand(k);
            if (undoes(n, operand->producer())) {
                from->set_operand(k, operand->producer()->operand(0));
                continue;
            }
            raised_.push_back(&graph_.insert_before(*from, quantized_like(n, operand, nullptr)));
            from->set_operand(k, raised_.back()->result());
        }
        std::reverse(raised_.begin() + first_new, raised_.end());
        from->set_result(0, n.result());
        graph_.erase(n);
        return true;
    }

    /// Tells whether QuantizeLinear of this node's result restores its operand.
    static bool undoes(const node& quantize, const node* n)
    {
        return is_dequantize(n) && quantization_of(n) == quantization_of(&quantize);
    }

    /// QuantizeLinear(DequantizeLinear(x)) of the same quantization → x.
    void cancel(node& n)
    {
        if (!is_quantize(&n) || !quantization_of(&n) || !undoes(n, n.operand(0)->producer()) || n.result()->is_kept()) {
            return;
        }
        graph_.replace(n.result(), n.operand(0)->producer()->operand(0));
        graph_.erase(n);
    }

    graph& graph_;
    std::vector<node*> raised_;
};

/// Adds 128 to a node's int8 zero point, which makes the node one of uint8.
void shift_zero_point(graph& g, node& n)
{
    const value* zero = n.operand(2);
    const dim shifted = (zero ? integers(*zero->data)[0] : 0) + 128;
    n.set_operand(2, g.add_constant(zero ? zero->name : n.operand(0)->name + "_zero_point",
                         scalar(static_cast<std::uint8_t>(shifted), n.operand(1)->type.shape)));
}

/// Quantizes to uint8 instead of int8 if only DequantizeLinear reads the result.
void quantize_unsigned(graph& g)
{
    for (const auto& n : g.nodes()) {
        const auto q = quantization_of(n.get());
        value* bytes = n->result();
        if (!q || !is_quantize(n.get()) || q->type != element::int8 || bytes->is_kept()) {
            continue;
        }
        std::set<node*> readers;
        for (const reader& r : bytes->readers()) {
            readers.insert(r.node);
        }
        if (!std::all_of(
                readers.begin(), readers.end(), [](const node* r) { return is_dequantize(r) && quantization_of(r); })) {
            continue;
        }
        for (node* r : readers) {
            shift_zero_point(g, *r);
        }
        shift_zero_point(g, *n);
        n->attributes_of<quantize_linear_spec>()->to = bytes->type.element = element::uint8;
    }
}

/// Converts other int8 values, such as inputs, to uint8 before DequantizeLinear.
void dequantize_unsigned(graph& g)
{
    std::map<value*, value*> shifted;
    for (const auto& each : g.nodes()) {
        node& n = *each;
        const auto q = quantization_of(&n);
        if (!q || !is_dequantize(&n) || q->type != element::int8 || n.operand(0)->data) {
            continue;
        }
        value*& bytes = shifted[n.operand(0)];
        shift_zero_point(g, n);
        if (!bytes) {
            auto made = make_node<quantized_elementwise_spec>(
                {.compute = add(operand<0>, 128)}, n.origins.front(), {n.operand(0)});
            bytes = g.add_value(n.operand(0)->name + "_unsigned", made->op->results(made->operand_types())[0]);
            made->set_results({bytes});
            g.insert_before(n, std::move(made));
        }
        n.set_operand(0, bytes);
    }
}

}  // namespace

void store_unsigned(graph& g)
{
    quantize_unsigned(g);
    dequantize_unsigned(g);
}

void move_quantization(graph& g) { mover(g).run(); }

}  // namespace cameo::generator
