// Trilu: the upper or lower triangle of matrices, zeros elsewhere.
#pragma once
#include <cameo/op/layer.hpp>

namespace cameo::inline CAMEO_TARGET {

struct trilu_attributes {
    bool upper = true;
    dim k = 0;  ///< the diagonal at which the triangle begins: 0 the main one, positive above it
    static constexpr void each(auto visit)
    {
        visit("upper", &trilu_attributes::upper);
        visit("k", &trilu_attributes::k);
    }
};

/// ONNX Trilu, opset 14, with a constant k: the upper or lower triangle of the matrices along the last two axes, zeros
/// elsewhere.
struct trilu_spec : trilu_attributes {
    using attributes = trilu_attributes;
    static constexpr bool moves_bits = true;
    tensor_type x{};

    template <class T>
    using signature = T(T);
    using parameters = type_list<any_elements>;
};

enum class trilu_problem { none, input_must_have_two_axes };

constexpr trilu_problem check(const trilu_spec& s)
{
    return s.x.shape.rank < 2 ? trilu_problem::input_must_have_two_axes : trilu_problem::none;
}

constexpr tensor_type result(const trilu_spec& s) { return s.x.plain(); }

template <class T>
constexpr void evaluate(const trilu_spec& s, std::span<const T> x, std::span<T> y)
{
    const int rank = s.x.shape.rank;
    const dim columns = s.x.shape[rank - 1], rows = s.x.shape[rank - 2];
    std::size_t to = 0;
    for (dim row = 0; row < s.x.shape.count(0, rank - 1); ++row) {
        for (dim j = 0; j < columns; ++j, ++to) {
            const dim diagonal = j - row % rows;
            y[to] = (s.upper ? diagonal >= s.k : diagonal <= s.k) ? x[to] : T(0);
        }
    }
}

template <auto Result, class Operands, trilu_attributes Attributes = trilu_attributes{}, class Secondary = into<>>
using trilu = layer<trilu_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
