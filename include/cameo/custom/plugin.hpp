// An operator of the user's as the generator loads it from a shared library that is compiled with the same headers.
#pragma once
#include <cameo/network/interface.hpp>
#include <cameo/op/signature.hpp>

namespace cameo::inline CAMEO_TARGET {

/// The interface of an operator with its attributes, as the generator calls it.
struct plugin {
    int abi;
    std::size_t size_of_type;  ///< both sides must know the same tensor_type
    /// Describes the problem with these operands, as text that lives until the next call; null if there is none.
    const char* (*problem)(type_span operands);
    /// Writes the types of the results, and returns their number.
    std::size_t (*results)(type_span operands, std::span<tensor_type> to);
    void (*evaluate)(type_span operand_types, std::span<const void* const> operands, type_span result_types,
        std::span<void* const> results);
    dim (*multiplications)(type_span operands);
    /// Calls visit(with, name) for the attributes in the order in which they are declared.
    void (*each_attribute)(void (*visit)(void* with, std::string_view name), void* with);
};

template <class Spec, typename Spec::attributes Attributes>
inline constexpr plugin plugin_of{
    abi,
    sizeof(tensor_type),
    [](type_span operands) -> const char* {
        static std::optional<std::string> text;
        text = problem_of<Spec>(Attributes, operands);
        return text ? text->c_str() : nullptr;
    },
    [](type_span operands, std::span<tensor_type> to) {
        const auto all = results_of(make_runtime_spec<Spec>(Attributes, operands));
        std::copy_n(all.begin(), std::min(all.size(), to.size()), to.begin());
        return all.size();
    },
    [](type_span operand_types, std::span<const void* const> operands, type_span result_types,
        std::span<void* const> results) {
        static_cast<void>(evaluate_in_memory(  // whoever calls has asked for the problem with these types
            make_runtime_spec<Spec>(Attributes, operand_types), operand_types, operands, result_types, results));
    },
    [](type_span operands) { return multiplications_of(make_runtime_spec<Spec>(Attributes, operands)); },
    [](void (*visit)(void*, std::string_view), void* with) {
        Spec::attributes::each([&](std::string_view name, auto...) { visit(with, name); });
    },
};

}  // namespace cameo::inline CAMEO_TARGET
