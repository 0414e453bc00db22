// If: runs one of two nested models, which share the memory of the layer.
#pragma once
#include <cameo/control_flow/nested.hpp>

namespace cameo::inline CAMEO_TARGET {

struct if_else_attributes {};

struct if_else_spec {
    using attributes = if_else_attributes;
    template <if_else_attributes, class Then, class Else>
    static constexpr auto results(list<Then, Else>)
    {
        return detail::types_of(typename Then::outputs{});
    }
};

enum class if_else_problem {
    none,
    condition_must_be_one_boolean,
    branches_must_read_the_operands,
    branches_must_give_the_results,
    branches_must_fit_the_memory,
};

/// ONNX If, opsets 1 to 25: the results of one of two models, which read Captured. Memory, the last secondary output,
/// is where their values lie.
template <auto Result, class Operands, class Models, if_else_attributes Attributes, class Secondary>
struct if_else;

/// A layer of a network whose extents are template parameters.
template <storage Storage, class Operands, class Models, if_else_attributes Attributes, class Secondary>
struct if_else<Storage, Operands, Models, Attributes, Secondary>
    : if_else<derived_from_models<0, if_else_spec, Models>, Operands, Models, Attributes, Secondary> {};

template <tensor_type Result, class Condition, class... Captured, class Then, class Else, if_else_attributes Attributes,
    class... Secondary>
struct if_else<Result, from<Condition, Captured...>, list<Then, Else>, Attributes, into<Secondary...>> {
    static constexpr tensor_type type = Result;
    using spec_type = if_else_spec;
    static constexpr if_else_spec spec{};
    using operands = from<Condition, Captured...>;
    using secondary_outputs = into<Secondary...>;
    using models = list<Then, Else>;

    static constexpr auto status()
    {
        using enum if_else_problem;
        constexpr list<if_else, Secondary...> results{};
        if (Condition::type.element != element::boolean || Condition::type.shape.count() != 1) {
            return condition_must_be_one_boolean;
        }
        if (!detail::takes(typename Then::inputs{}, list<Captured...>{}) ||
            !detail::takes(typename Else::inputs{}, list<Captured...>{})) {
            return branches_must_read_the_operands;
        }
        if (!detail::gives(typename Then::outputs{}, results) || !detail::gives(typename Else::outputs{}, results)) {
            return branches_must_give_the_results;
        }
        return bytes(memory::type) < nested_bytes(models{}) ? branches_must_fit_the_memory : none;
    }
    static constexpr layer_problem declaration() { return layer_problem::none; }

    /// Runs a branch. Layer, which derives from this class, has its place in `network`.
    template <class Layer>
    static void run(const auto& network) noexcept
    {
        if (network.template source<Condition>()[0]) {
            run_branch<Layer, Then>(network);
        } else {
            run_branch<Layer, Else>(network);
        }
    }

private:
    using memory = typename detail::last_of<Secondary...>::type;

    template <class Layer, class Branch>
    static void run_branch(const auto& network) noexcept
    {
        nested<Branch> branch(reinterpret_cast<std::byte*>(network.template target<memory>().data()),
            {network.template source<Captured>().data()...});
        branch.run();
        detail::zip(typename Branch::outputs{}, list<Layer, Secondary...>{},
            [&]<class Output, class R>(Output, R) { detail::copy_out<R, Output>(branch, network); });
    }
};

}  // namespace cameo::inline CAMEO_TARGET
