// Imports RotaryEmbedding: rotates pairs of numbers by an angle for each position (Su et al., arXiv:2104.09864).
#include "import/indices.hpp"
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include <cameo/op/elementwise.hpp>
#include <cameo/op/gather.hpp>

namespace cameo::generator {

namespace {

/// The layout of the input: an axis of heads before the positions, or heads behind them.
struct heads {
    shape whole;         ///< of four axes, the last of them a head's numbers
    bool before = true;  ///< positions are the third axis; otherwise the second
};

heads heads_of(const source_node& n)
{
    const shape& x = n.type(0).shape;
    const dim count = n.integer("num_heads", 0);
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

/// Returns operand k, the cosines or sines: one for each pair of each position, the same for all heads.
value* angles(source_node& n, std::size_t k, const heads& of, dim pairs)
{
    value* cache = n.required_operand(k);
    const dim batch = of.whole[0], length = of.whole[of.before ? 2 : 1];
    if (value* positions = n.operand(3)) {
        if (positions->type.shape != shape{batch, length} || cache->type.shape.rank != 2) {
            throw unsupported("with positions of {}, a cache must have 2 axes, found {}", to_string(positions->type),
                to_string(cache->type));
        }
        require_indices_inside(*positions, {cache->type.shape[0]});
        cache = n.add<gather_spec>({0}, {cache, positions})[0];
    }
    if (cache->type.shape != shape{batch, length, pairs}) {
        throw unsupported(
            "operand {} must give {}x{}x{} angles, found {}", k, batch, length, pairs, to_string(cache->type));
    }
    return n.reshaped(cache, of.before ? shape{batch, 1, length, pairs} : shape{batch, length, 1, pairs});
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

void import_rotary_embedding(source_node& n)
{
    const heads of = heads_of(n);
    const dim size = of.whole[3], given = n.integer("rotary_embedding_dim", 0), rotates = given ? given : size;
    if (rotates < 2 || rotates > size || rotates % 2 != 0) {
        throw unsupported("rotates {} numbers of heads of {}: an even number of them is expected", rotates, size);
    }
    const bool interleaved = n.integer("interleaved", 0) != 0;
    value* x = n.reshaped(n.required_operand(0), of.whole);
    value* rotated = sliced(n, x, 3, 0, rotates);
    value *first = part(n, rotated, interleaved, 0), *second = part(n, rotated, interleaved, 1);
    const std::vector<value*> operands{first, second, angles(n, 1, of, rotates / 2), angles(n, 2, of, rotates / 2)};
    value* real = n.compute(sub(mul(operand<2>, operand<0>), mul(operand<3>, operand<1>)), operands);
    value* imaginary = n.compute(add(mul(operand<3>, operand<0>), mul(operand<2>, operand<1>)), operands);
    value* y = joined(n, real, imaginary, interleaved);
    if (rotates < size) {
        y = concatenated(n, 3, {y, sliced(n, x, 3, rotates, size)});
    }
    n.set_result(0, n.reshaped(y, n.type(0).shape));
}

}  // namespace

void add_rotary_embedding(operator_table& table)
{
    table.add<functions::mul, gather_spec>("RotaryEmbedding", {23}, import_rotary_embedding);
}

}  // namespace cameo::generator
