// Imports com.microsoft's MatMulNBits: a product by constants of 2, 4 or 8 bits with a scale for each block.
#include "import/operator_table.hpp"
#include "model/packing.hpp"
#include "op/composition.hpp"
#include "op/microsoft_domain.hpp"
#include <cameo/op/dequantize_linear.hpp>
#include <cameo/op/gemm.hpp>

namespace cameo::generator {

namespace {

/// The sizes of the weights: rows of `inner` numbers, in blocks, the last of which may be padded.
struct block_sizes {
    dim rows, inner, block, blocks;
    element type;
};

block_sizes sizes_of(const source_node& n)
{
    const dim bits = n.integer("bits", 4), rows = n.integer("N", 0), inner = n.integer("K", 0),
              block = n.integer("block_size", 0), bytes = n.type(1).shape.count();
    const element type = bits == 2 ? element::uint2 : bits == 4 ? element::uint4 : element::uint8;
    if ((bits != 2 && bits != 4 && bits != 8) || rows < 1 || inner < 1 || rows > bytes || inner > 4 * bytes ||
        block < 8 || block % 8 != 0) {
        throw unsupported("attributes 'bits', 'N', 'K' and 'block_size' are {}, {}, {} and {}, with weights of {}: "
                          "expected 2, 4 or 8 bits, the size of the weights, and blocks of a multiple of 8",
            bits, rows, inner, block, to_string(n.type(1)));
    }
    return {rows, inner, block, (inner - 1) / block + 1, type};
}

/// Unpacks rows of bytes, of which each begins with its own, and keeps the first `columns` numbers of each.
value* unpacked_rows(source_node& n, std::size_t k, std::string_view name, const block_sizes& of, dim columns)
{
    const tensor* packed = n.constant(k, name);
    const dim bytes = packed->type.shape.count(), in_a_byte = 8 / bits_in_file(of.type),
              in_a_row = bytes / of.rows * in_a_byte;
    if (packed->type.element != element::uint8 || bytes % of.rows != 0 || in_a_row < columns ||
        in_a_row - columns >= of.block) {
        throw unsupported("operand {} ({}) must hold {} rows of {} numbers, found {}", k, name, of.rows, columns,
            to_string(packed->type));
    }
    const tensor all = unpacked(
        {of.type, {of.rows, in_a_row}}, {reinterpret_cast<const char*>(packed->bytes.data()), packed->bytes.size()});
    return sliced(n, n.add_constant(all), 1, 0, columns);
}

/// Returns the zero points, one for each block: the middle of the range unless they are given.
value* zero_points(source_node& n, const block_sizes& of)
{
    if (n.operand(3)) {
        return unpacked_rows(n, 3, "zero_points", of, of.blocks);
    }
    tensor middle = n.make_constant({of.type, {of.rows, of.blocks}});
    std::ranges::fill(middle.bytes, std::byte(1 << (bits_in_file(of.type) - 1)));
    return n.add_constant(std::move(middle));
}

void import_matmul_nbits(source_node& n)
{
    n.integer("accuracy_level", 0);  // how much precision may be lost: none is
    if (n.operand(4) || n.integer("weight_prepacked", 0) != 0) {
        throw unsupported("operand 4 (g_idx) and attribute 'weight_prepacked' are not supported");
    }
    const block_sizes of = sizes_of(n);
    value* scales = n.required_operand(2);
    if (scales->type.shape.count() != of.rows * of.blocks) {
        throw unsupported("operand 2 must be {}x{} scales, found {}", of.rows, of.blocks, to_string(scales->type));
    }
    scales = cast(n, n.reshaped(scales, {of.rows, of.blocks}), element::float32);
    value* stored = unpacked_rows(n, 1, "B", of, of.inner);
    value* weights = n.add<dequantize_linear_spec>({{1, of.block}}, {stored, scales, zero_points(n, of)})[0];
    const shape& x = n.type(0).shape;
    if (x.rank < 1 || x[x.rank - 1] != of.inner) {
        throw unsupported("operand 0 must have {} columns, found {}", of.inner, to_string(n.type(0)));
    }
    n.set_result(0, times_matrix(n, n.required_operand(0), weights, {.transpose_b = true}, n.operand(5)));
}

}  // namespace

void add_matmul_nbits(operator_table& table)
{
    table.add_of_domain<type_list<float>, gemm_spec, dequantize_linear_spec>(microsoft_domain, "MatMulNBits", {1},
        import_matmul_nbits, "constant weights of 2, 4 or 8 bits; zero points of bytes");
}

}  // namespace cameo::generator
