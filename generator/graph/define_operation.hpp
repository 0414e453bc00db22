// Defines the members of operation_of. The file of each operator includes it to instantiate its own.
#pragma once
#include "graph/operation.hpp"
#include "graph/signature.hpp"
#include "graph/text.hpp"

namespace cameo::generator {

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
            evaluate_in_memory(make_runtime_spec<Spec>(attributes, of_operands), of_operands, from, of_results, to);
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
bool operation_of<Spec>::has_fast_path() const
{
    return requires { requires Spec::fast_path; };
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

}  // namespace cameo::generator
