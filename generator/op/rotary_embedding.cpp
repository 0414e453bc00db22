// Imports RotaryEmbedding, ONNX's and com.microsoft's: rotates pairs of numbers by an angle for each position (Su et
// al., arXiv:2104.09864).
#include "op/rotary_embedding.hpp"
#include "import/indices.hpp"
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include "op/microsoft_domain.hpp"
#include <cameo/op/elementwise.hpp>
#include <cameo/op/expand.hpp>
#include <cameo/op/gather.hpp>

namespace cameo::generator {

namespace {

/// The layout of the input: an axis of heads before the positions, or heads behind them.
struct heads {
    shape whole;         ///< of four axes, the last of them a head's numbers
    bool before = true;  ///< positions are the third axis; otherwise the second
};

heads heads_of(const source_node& n, dim count)
{
    const shape& x = n.type(0).shape;
    if (x.rank == 4) {
        return {x};
    }
    if (x.rank != 3 || count < 1 || x[2] % count != 0) {
        throw unsupported(
            "the input must have 4 axes, or 3 of which attribute 'num_heads' divides the last, found {} and {} heads",
            to_string(n.type(0)), count);
    }
    return {{x[0], x[1], count, x[2] / count}, false};
}

/// Takes the first or second numbers of all pairs. Interleaved, they are neighbours; otherwise they are half of the
/// rotated numbers apart.
value* part(source_node& n, value* rotated, bool interleaved, dim which)
{
    const shape& s = rotated->type.shape;
    const dim pairs = s[3] / 2;
    if (!interleaved) {
        return sliced(n, rotated, 3, which * pairs, (which + 1) * pairs);
    }
    value* neighbours = sliced(n, n.reshaped(rotated, {s[0], s[1], s[2], pairs, 2}), 4, which, which + 1);
    return n.reshaped(neighbours, {s[0], s[1], s[2], pairs});
}

value* joined(source_node& n, value* first, value* second, bool interleaved)
{
    const shape s = first->type.shape;
    if (!interleaved) {
        return concatenated(n, 3, {first, second});
    }
    const shape column{s[0], s[1], s[2], s[3], 1};
    return n.reshaped(
        concatenated(n, 4, {n.reshaped(first, column), n.reshaped(second, column)}), {s[0], s[1], s[2], 2 * s[3]});
}

}  // namespace

value* angles(source_node& n, std::size_t k, value* positions, const shape& expected)
{
    value* cache = n.required_operand(k);
    if (positions) {
        if (positions->type.shape != shape{expected[0], expected[1]} || cache->type.shape.rank != 2) {
            throw unsupported("with positions of {}, a cache must have 2 axes, found {}", to_string(positions->type),
                to_string(cache->type));
        }
        require_indices_inside(*positions, {cache->type.shape[0]});
        cache = n.add<gather_spec>({0}, {cache, positions})[0];
    }
    if (cache->type.shape != expected) {
        throw unsupported("operand {} must give {}x{}x{} angles, found {}", k, expected[0], expected[1], expected[2],
            to_string(cache->type));
    }
    return cache;
}

value* rotated(source_node& n, value* x, value* cosines, value* sines, bool interleaved)
{
    const dim size = x->type.shape[3], rotates = 2 * cosines->type.shape[3];
    value* turning = sliced(n, x, 3, 0, rotates);
    const std::vector<value*> operands{
        part(n, turning, interleaved, 0), part(n, turning, interleaved, 1), cosines, sines};
    value* real = n.compute(sub(mul(operand<2>, operand<0>), mul(operand<3>, operand<1>)), operands);
    value* imaginary = n.compute(add(mul(operand<3>, operand<0>), mul(operand<2>, operand<1>)), operands);
    value* y = joined(n, real, imaginary, interleaved);
    return rotates < size ? concatenated(n, 3, {y, sliced(n, x, 3, rotates, size)}) : y;
}

namespace {

/// Rotates operand 0 by the cosines and sines that two operands have for its positions. As many numbers of each head
/// turn as the attribute says, or `otherwise`.
void rotate(source_node& n, const heads& of, value* positions, std::size_t cosines, std::size_t sines, dim otherwise)
{
    const dim size = of.whole[3], given = n.integer("rotary_embedding_dim", 0), rotates = given ? given : otherwise;
    if (rotates < 2 || rotates > size || rotates % 2 != 0) {
        throw unsupported("rotates {} numbers of heads of {}: an even number of them is expected", rotates, size);
    }
    const dim batch = of.whole[0], length = of.whole[of.before ? 2 : 1], pairs = rotates / 2;
    const auto of_pairs = [&](std::size_t k) {
        return n.reshaped(angles(n, k, positions, {batch, length, pairs}),
            of.before ? shape{batch, 1, length, pairs} : shape{batch, length, 1, pairs});
    };
    value* y = rotated(n, n.reshaped(n.required_operand(0), of.whole), of_pairs(cosines), of_pairs(sines),
        n.integer("interleaved", 0) != 0);
    n.set_result(0, n.reshaped(y, n.type(0).shape));
}

void import_rotary_embedding(source_node& n)
{
    const heads of = heads_of(n, n.integer("num_heads", 0));
    rotate(n, of, n.operand(3), 1, 2, of.whole[3]);
}

/// Imports com.microsoft's RotaryEmbedding. Its operand 1 is the first position, or has all of them. Where attribute
/// num_heads is absent, heads are as wide as the caches turn.
void import_of_microsoft(source_node& n)
{
    if (n.integer("is_packed_batching", 0) != 0 || n.number("scale", 1) != 1) {
        throw unsupported("attributes 'is_packed_batching' and 'scale' must be 0 and 1");
    }
    const shape &x = n.type(0).shape, &cache = n.type(2).shape;
    const dim turning = cache.rank == 2 ? 2 * cache[1] : 0, count = n.integer("num_heads", 0);
    const heads of = heads_of(n, count == 0 && turning > 0 && x.rank == 3 ? x[2] / turning : count);
    value* positions = n.required_operand(1);
    const shape every{of.whole[0], of.whole[of.before ? 2 : 1]};
    if (positions->type.shape.count() == 1) {
        positions = n.compute(add(operand<0>, operand<1>),
            {cast(n, n.reshaped(positions, {1, 1}), element::int64), counted(n, 0, {1, every[1]})});
        positions = n.add<expand_spec>({every}, {positions})[0];
    }
    rotate(n, of, positions, 2, 3, turning);
}

}  // namespace

void add_rotary_embedding(operator_table& table)
{
    table.add<functions::mul, gather_spec>("RotaryEmbedding", {23}, import_rotary_embedding);
    table.add_of_domain<floating_elements, functions::mul, gather_spec>(
        microsoft_domain, "RotaryEmbedding", {1}, import_of_microsoft);
}

}  // namespace cameo::generator
