// What cameo/kernel/NAME_layout.hpp says of an operator, or the default: row-major memory of its own.
#pragma once
#include <cameo/kernel/layouts.hpp>
#include <cameo/network/plan.hpp>
#include <vector>

namespace cameo::generator::kernel_facts {

/// There is a header cameo/kernel/NAME.hpp.
template <class Spec>
inline constexpr bool has_kernel = false;

template <class Spec>
layouts layouts_of(const Spec& s, const layer_context& c)
{
    if constexpr (requires { wanted_layouts(s, c); }) {
        return wanted_layouts(s, c);
    } else {
        return {};
    }
}

template <class Spec>
halo halo_of(const Spec& s)
{
    if constexpr (requires { needed_halo(s); }) {
        return needed_halo(s);
    } else {
        return {};
    }
}

template <class Spec>
dim fill_of(const Spec& s)
{
    if constexpr (requires { halo_fill(s); }) {
        return halo_fill(s);
    } else {
        return 0;
    }
}

template <class Spec>
int overwritten_by(const Spec& s, const tensor_type& result)
{
    if constexpr (requires { overwritten_operand(s, result); }) {
        return overwritten_operand(s, result);
    } else {
        return -1;
    }
}

template <class Spec>
operand_place place_of(const Spec& s, const tensor_type& result)
{
    if constexpr (requires { lies_in(s, result); }) {
        return lies_in(s, result);
    } else {
        return {view_operator<Spec> ? 0 : -1, 0};
    }
}

template <class Spec>
std::vector<std::size_t> places_of(const Spec& s, const tensor_type& result)
{
    if constexpr (requires { places_in_result(s, result); }) {
        const auto places = places_in_result(s, result);
        return {places.begin(), places.begin() + s.x.count};
    } else {
        return {};
    }
}

template <class Spec>
bool shares(const Spec& s)
{
    if constexpr (requires { shares_memory(s); }) {
        return shares_memory(s);
    } else {
        return false;
    }
}

}  // namespace cameo::generator::kernel_facts
