// A change of memory layout as a layer. It is not an ONNX operator: the generator inserts it between kernels whose
// storage differs.
#pragma once
#include <cameo/op/layer.hpp>

namespace cameo::inline CAMEO_TARGET {

struct reorder_attributes {
    static constexpr void each(auto) {}
};

/// The same value in the storage of the declared result.
struct reorder_spec : reorder_attributes {
    using attributes = reorder_attributes;
    static constexpr bool moves_bits = true;
    tensor_type x{};

    template <class T>
    using signature = T(T);
    using parameters = type_list<any_elements>;
};

enum class reorder_problem { none };

constexpr tensor_type result(const reorder_spec& s) { return s.x.plain(); }
constexpr reorder_problem check(const reorder_spec&) { return reorder_problem::none; }

template <class T>
constexpr void evaluate(const reorder_spec&, std::span<const T> x, std::span<T> y)
{
    for (std::size_t i = 0; i < y.size(); ++i) {
        y[i] = x[i];
    }
}

template <auto Result, class Operands, reorder_attributes Attributes = reorder_attributes{}, class Secondary = into<>>
using reorder = layer<reorder_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
