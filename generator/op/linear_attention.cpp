// Imports LinearAttention. It computes in float32 what has 16 bits, as ONNX's definition does.
#include "import/choice.hpp"
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include <algorithm>
#include <cameo/op/linear_attention.hpp>
#include <cmath>

namespace cameo::generator {

namespace {

void import_linear_attention(source_node& n)
{
    n.ignore({"chunk_size"});  // how others compute it
    linear_attention_attributes a;
    a.rule = choice<update_rule>(n, "update_rule", "gated_delta");
    a.query_heads = n.integer("q_num_heads", 0);
    a.heads = n.integer("kv_num_heads", 0);
    const tensor_type& query = n.type(0);
    const element type = query.element, state = n.operand(3) ? n.type(3).element : type;
    a.scale = n.number("scale", 0);
    if (a.scale == 0 && query.shape.rank == 3 && a.query_heads > 0) {
        a.scale = 1 / std::sqrt(static_cast<double>(std::max(query.shape[2] / a.query_heads, dim{1})));
    }
    std::vector<value*> operands;
    for (std::size_t k = 0; k < 6; ++k) {
        value* v = n.operand(k);
        operands.push_back(v ? cast(n, v, computed_in(v->type.element)) : nullptr);
    }
    const std::vector<value*> results = n.add<linear_attention_spec>(a, operands, 3);
    n.set_results({cast(n, results[0], type), cast(n, results[1], state)});
}

}  // namespace

void add_linear_attention(operator_table& table)
{
    table.add<linear_attention_spec>("LinearAttention", {27}, import_linear_attention);
}

}  // namespace cameo::generator
