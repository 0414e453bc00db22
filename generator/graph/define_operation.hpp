// Defines the members of operation_of. The file of each operator includes it to instantiate its own.
#pragma once
#include "graph/operand.hpp"
#include "graph/operation.hpp"
#include "graph/signature.hpp"
#include "graph/text.hpp"

namespace cameo::generator {

/// There is a header cameo/kernel/NAME.hpp: the file of the spec says so.
template <class Spec>
inline constexpr bool has_kernel_header = false;

template <class Spec>
std::unique_ptr<operation> operation_of<Spec>::clone() const
{
    return std::make_unique<operation_of>(*this);
}

template <class Spec>
std::string_view operation_of<Spec>::name() const
{
    constexpr std::string_view of_spec = type_name<Spec>();
    return of_spec.substr(0, of_spec.size() - std::string_view("_spec").size());
}

template <class Spec>
std::optional<std::string> operation_of<Spec>::problem(const types& operands) const
{
    return problem_of<Spec>(attributes, operands);
}

template <class Spec>
operation::types operation_of<Spec>::results(const types& operands) const
{
    const auto all = results_of(make_runtime_spec<Spec>(attributes, operands));
    return {all.begin(), all.end()};
}

template <class Spec>
dim operation_of<Spec>::work(const types& operands) const
{
    return work_of(make_runtime_spec<Spec>(attributes, operands), operands);
}

template <class Spec>
void operation_of<Spec>::evaluate(
    const std::vector<const tensor*>& operands, std::vector<tensor>& results, budget&) const
{
    with_memory(
        operands, results, [this](const types& of_operands, const auto& from, const types& of_results, const auto& to) {
            if (!evaluate_in_memory(
                    make_runtime_spec<Spec>(attributes, of_operands), of_operands, from, of_results, to)) {
                throw std::logic_error(fmt::format("{} is evaluated on types that it does not take", name()));
            }
        });
}

template <class Spec>
void operation_of<Spec>::each_attribute(const visitor& visit) const
{
    generator::each_attribute(attributes, visit);
}

template <class Spec>
dim operation_of<Spec>::multiplications(const types& operands) const
{
    return multiplications_of(make_runtime_spec<Spec>(attributes, operands));
}

template <class Spec>
bool operation_of<Spec>::is_view() const
{
    return view_operator<Spec>;
}

template <class Spec>
bool operation_of<Spec>::has_kernel() const
{
    return has_kernel_header<Spec>;
}

template <class Spec>
bool operation_of<Spec>::is_scratch([[maybe_unused]] std::size_t k) const
{
    if constexpr (has_scratch<Spec>) {
        return k == Spec::scratch;
    } else {
        return false;
    }
}

template <class Spec>
axis_flow operation_of<Spec>::flow(
    [[maybe_unused]] const types& operands, [[maybe_unused]] int operand, [[maybe_unused]] const axis_part& part) const
{
    if constexpr (requires(const Spec s) { flow_of(s, operand, part); }) {
        return flow_of(make_runtime_spec<Spec>(attributes, operands), operand, part);
    } else {
        return {};
    }
}

template <class Spec>
void operation_of<Spec>::take_part([[maybe_unused]] const types& operands, [[maybe_unused]] int axis,
    [[maybe_unused]] dim start, [[maybe_unused]] dim extent)
{
    if constexpr (requires(const Spec s) { attributes_for_part(s, axis, start, extent); }) {
        attributes = attributes_for_part(make_runtime_spec<Spec>(attributes, operands), axis, start, extent);
    }
}

template <class Spec>
std::vector<carried_state> operation_of<Spec>::carried_states() const
{
    if constexpr (requires { Spec::carried_states; }) {
        return {Spec::carried_states.begin(), Spec::carried_states.end()};
    } else {
        return {};
    }
}

template <class Spec>
bool operation_of<Spec>::selects_elements() const
{
    return cameo::selects_elements<Spec>;
}

template <class Spec>
bool operation_of<Spec>::moves_bits() const
{
    return cameo::detail::moves_bits<Spec>;
}

template <class Spec>
operation::epilogue_slot operation_of<Spec>::find_epilogue()
{
    if constexpr (requires { Spec::epilogue_operand; }) {
        return {&attributes.epilogue, operand_of(Spec::epilogue_operand)};
    } else {
        return {};
    }
}

template <class Spec>
layouts operation_of<Spec>::layouts_of(
    [[maybe_unused]] const types& operands, [[maybe_unused]] const layer_context& context) const
{
    if constexpr (requires(const Spec s) { wanted_layouts(s, context); }) {
        return wanted_layouts(make_runtime_spec<Spec>(attributes, operands), context);
    } else {
        return operation::layouts_of(operands, context);
    }
}

template <class Spec>
halo operation_of<Spec>::halo_of([[maybe_unused]] const types& operands) const
{
    if constexpr (requires(const Spec s) { needed_halo(s); }) {
        return needed_halo(make_runtime_spec<Spec>(attributes, operands));
    } else {
        return operation::halo_of(operands);
    }
}

template <class Spec>
dim operation_of<Spec>::fill_of([[maybe_unused]] const types& operands) const
{
    if constexpr (requires(const Spec s) { halo_fill(s); }) {
        return halo_fill(make_runtime_spec<Spec>(attributes, operands));
    } else {
        return operation::fill_of(operands);
    }
}

template <class Spec>
int operation_of<Spec>::overwritten_by(
    [[maybe_unused]] const types& operands, [[maybe_unused]] const tensor_type& result) const
{
    if constexpr (requires(const Spec s) { overwritten_operand(s, result); }) {
        return overwritten_operand(make_runtime_spec<Spec>(attributes, operands), result);
    } else {
        return operation::overwritten_by(operands, result);
    }
}

template <class Spec>
operand_place operation_of<Spec>::place_of(
    [[maybe_unused]] const types& operands, [[maybe_unused]] const tensor_type& result) const
{
    if constexpr (requires(const Spec s) { lies_in(s, result); }) {
        return lies_in(make_runtime_spec<Spec>(attributes, operands), result);
    } else {
        return operation::place_of(operands, result);
    }
}

template <class Spec>
std::vector<std::size_t> operation_of<Spec>::places_of(
    [[maybe_unused]] const types& operands, [[maybe_unused]] const tensor_type& result) const
{
    if constexpr (requires(const Spec s) { places_in_result(s, result); }) {
        const Spec spec = make_runtime_spec<Spec>(attributes, operands);
        const auto places = places_in_result(spec, result);
        return {places.begin(), places.begin() + spec.x.count};
    } else {
        return operation::places_of(operands, result);
    }
}

template <class Spec>
bool operation_of<Spec>::shares_operands([[maybe_unused]] const types& operands) const
{
    if constexpr (requires(const Spec s) { shares_memory(s); }) {
        return shares_memory(make_runtime_spec<Spec>(attributes, operands));
    } else {
        return operation::shares_operands(operands);
    }
}

}  // namespace cameo::generator
