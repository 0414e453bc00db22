// A function of bytes as a table of 256 results. It is not an ONNX operator: the generator makes it from a function
// between DequantizeLinear and QuantizeLinear.
#pragma once
#include <cameo/op/layer.hpp>

namespace cameo::inline CAMEO_TARGET {

struct lookup_attributes {
    static constexpr void each(auto) {}
};

/// y[i] = table[x[i]].
struct lookup_spec : lookup_attributes {
    using attributes = lookup_attributes;
    tensor_type x{};      ///< in uint8
    tensor_type table{};  ///< 256 in uint8

    template <class T>
    using signature = T(T, T);
    using parameters = type_list<type_list<std::uint8_t>>;
};

enum class lookup_problem { none, table_must_have_256_elements };

constexpr tensor_type result(const lookup_spec& s) { return s.x.plain(); }

constexpr lookup_problem check(const lookup_spec& s)
{
    return s.table.shape == shape{256} ? lookup_problem::none : lookup_problem::table_must_have_256_elements;
}

template <class T>
constexpr void evaluate(const lookup_spec&, std::span<const T> x, std::span<const T> table, std::span<T> y)
{
    for (std::size_t i = 0; i < y.size(); ++i) {
        y[i] = table[x[i]];
    }
}

template <auto Result, class Operands, lookup_attributes Attributes = lookup_attributes{}, class Secondary = into<>>
using lookup = layer<lookup_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
