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
    return n && n->op->selects_elements() && (n->results.size() == 1 || !n->results[1]);
}

/// Visits the nodes once, and moves each QuantizeLinear up as far as possible.
class mover {
public:
    explicit mover(graph& g) : graph_(g), uses_(g)
    {
        for (auto& n : g.nodes) {
            add(std::move(n), nodes_.end());
        }
    }

    void run()
    {
        for (auto at = nodes_.begin(); at != nodes_.end();) {
            const auto here = at++;
            for (value*& operand : (*here)->operands) {
                if (const auto other = same_.find(operand); other != same_.end()) {
                    operand = other->second;
                }
            }
            sink(here);
            for (raised_.push_back(here); !raised_.empty();) {
                const auto next = raised_.back();
                raised_.pop_back();
                if (!hoist(next)) {
                    cancel(next);
                }
            }
        }
        graph_.nodes.assign(std::move_iterator(nodes_.begin()), std::move_iterator(nodes_.end()));
    }

private:
    using place = std::list<std::unique_ptr<node>>::iterator;

    place add(std::unique_ptr<node> n, place before)
    {
        const place at = nodes_.insert(before, std::move(n));
        return place_[at->get()] = at;
    }
    void erase(place at)
    {
        uses_.count(**at, -1);
        nodes_.erase(at);
    }
    /// Inserts a node with the quantization of `like` on another operand.
    place insert_like(const node& like, value* operand, value* result, place before)
    {
        auto n = std::make_unique<node>();
        n->op = like.op->clone();
        n->origins = like.origins;
        n->operands = like.operands;
        n->operands[0] = operand;
        n->results = {result ? result : graph_.add_value(operand->name, n->op->results(n->operand_types())[0])};
        n->results[0]->producer = n.get();
        uses_.count(*n, 1);
        return add(std::move(n), before);
    }

    /// move(DequantizeLinear(x)) → DequantizeLinear(move(x)).
    void sink(place at)
    {
        node& n = **at;
        if (!selects_elements(&n) || n.operands.size() != 1 || !quantization_of(n.operands[0]->producer) ||
            !is_dequantize(n.operands[0]->producer)) {
            return;
        }
        const node& from = *n.operands[0]->producer;
        value* result = n.results[0];
        uses_.count(n, -1);
        n.operands[0] = from.operands[0];
        uses_.count(n, 1);
        n.results[0] = graph_.add_value(result->name, n.op->results(n.operand_types())[0]);
        n.results[0]->producer = &n;
        insert_like(from, n.results[0], result, std::next(at));
    }

    /// QuantizeLinear(move(x)) → move(QuantizeLinear(x)); for Concat, of every operand.
    bool hoist(place at)
    {
        const node& n = **at;
        if (!is_quantize(&n) || !quantization_of(&n)) {
            return false;
        }
        value *x = n.operands[0], *result = n.results[0];
        node* from = x->producer;
        if (!selects_elements(from) || uses_.of(x) != 1) {
            return false;
        }
        const auto first_new = static_cast<std::ptrdiff_t>(raised_.size());
        for (value*& operand : from->operands) {
            uses_.count(operand, -1);
            const bool undone = undoes(n, operand->producer);
            if (!undone) {
                raised_.push_back(insert_like(n, operand, nullptr, place_.at(from)));
            }
            operand = undone ? operand->producer->operands[0] : (*raised_.back())->results[0];
            uses_.count(operand, 1);
        }
        std::reverse(raised_.begin() + first_new, raised_.end());
        from->results[0] = result;
        result->producer = from;
        erase(at);
        return true;
    }

    /// Tells whether QuantizeLinear of this node's result restores its operand.
    static bool undoes(const node& quantize, const node* n)
    {
        return is_dequantize(n) && quantization_of(n) == quantization_of(&quantize);
    }

    /// QuantizeLinear(DequantizeLinear(x)) of the same quantization → x.
    void cancel(place at)
    {
        const node& n = **at;
        if (!is_quantize(&n) || !quantization_of(&n) || !undoes(n, n.operands[0]->producer) ||
            graph_.is_kept(n.results[0])) {
            return;
        }
        value* x = n.operands[0]->producer->operands[0];
        same_[n.results[0]] = x;
        uses_.count(x, uses_.of(n.results[0]));
        erase(at);
    }

    graph& graph_;
    std::list<std::unique_ptr<node>> nodes_;
    std::unordered_map<const node*, place> place_;
    use_counts uses_;
    std::unordered_map<const value*, value*> same_;  ///< what those that come later read instead
    std::vector<place> raised_;
};

/// Adds 128 to a node's int8 zero point, which makes the node one of uint8.
void shift_zero_point(graph& g, node& n)
{
    const value* zero = n.operands.size() > 2 ? n.operands[2] : nullptr;
    const dim shifted = (zero ? integers(*zero->data)[0] : 0) + 128;
    n.operands.resize(3);
    n.operands[2] = g.add_constant(zero ? zero->name : n.operands[0]->name + "_zero_point",
        scalar(static_cast<std::uint8_t>(shifted), n.operands[1]->type.shape));
}

/// Quantizes to uint8 instead of int8 if only DequantizeLinear reads the result.
void quantize_unsigned(graph& g)
{
    std::unordered_map<const value*, std::vector<node*>> readers_of;
    for (const auto& n : g.nodes) {
        for (const value* v : n->operands) {
            if (auto& readers = readers_of[v]; readers.empty() || readers.back() != n.get()) {
                readers.push_back(n.get());
            }
        }
    }
    for (const auto& n : g.nodes) {
        const auto q = quantization_of(n.get());
        value* bytes = n->results[0];
        if (!q || !is_quantize(n.get()) || q->type != element::int8 || g.is_kept(bytes)) {
            continue;
        }
        const std::vector<node*>& readers = readers_of[bytes];
        if (!std::all_of(
                readers.begin(), readers.end(), [](const node* r) { return is_dequantize(r) && quantization_of(r); })) {
            continue;
        }
        for (node* reader : readers) {
            shift_zero_point(g, *reader);
        }
        shift_zero_point(g, *n);
        n->attributes_of<quantize_linear_spec>()->to = bytes->type.element = element::uint8;
    }
}

/// Converts other int8 values, such as inputs, to uint8 before DequantizeLinear.
void dequantize_unsigned(graph& g)
{
    std::map<value*, value*> shifted;
    for (std::size_t i = 0; i < g.nodes.size(); ++i) {
        node& n = *g.nodes[i];
        const auto q = quantization_of(&n);
        if (!q || !is_dequantize(&n) || q->type != element::int8 || n.operands[0]->data) {
            continue;
        }
        value*& bytes = shifted[n.operands[0]];
        shift_zero_point(g, n);
        if (!bytes) {
            auto made = make_node<quantized_elementwise_spec>(
                {.compute = add(operand<0>, 128)}, n.origins.front(), {n.operands[0]});
            bytes = g.add_value(n.operands[0]->name + "_unsigned", made->op->results(made->operand_types())[0]);
            made->results = {bytes};
            g.insert(i++, std::move(made));
        }
        n.operands[0] = bytes;
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
